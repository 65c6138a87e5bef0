"""The command ``jifen``: one module a group of subcommands; heavy imports wait until a subcommand runs."""

from reports.cli.main import main

__all__ = ["main"]
