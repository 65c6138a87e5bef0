"""Put the subcommands together and turn every error into one line and an exit status."""

from __future__ import annotations

import os
import sys

import click

from reports.cli.cohorts import check, score
from reports.cli.explanation import explain
from reports.cli.making import synth, template
from reports.cli.reporting import report
from reports.cli.rulebooks import rules
from scoring.errors import JifenError

FAILED, USAGE, DEFECT, INTERRUPTED = 1, 2, 70, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="jifen")
def jifen() -> None:
    """Score, rank, explain and report Beijing's points-based household registration (北京市积分落户).

    \b
    From a cohort to a briefing:
      jifen synth --round 2020 --size 122852 --seed 1 --out cohort.parquet
      jifen check cohort.parquet --round 2020
      jifen score cohort.parquet --rules beijing-2020 --round 2020 --quota 6000 --out scored.parquet
      jifen report annual_briefing --cohort cohort.parquet --rules beijing-2020 --round 2020 \\
          --quota 6000 --lang zh --out briefing
    """


for command in (check, score, explain, rules, template, synth, report):
    jifen.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit status.

    0 is success, 1 a refusal (what was given cannot be used), 2 a command that was written wrongly.
    """
    try:
        jifen.main(args=arguments, prog_name="jifen", standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.Abort:
        _leave("interrupted", INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(USAGE)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "jifen"
        _leave(f"{error.format_message()}\nSee '{where} --help'.", USAGE)
    except click.ClickException as error:
        _leave(error.format_message(), FAILED)
    except JifenError as error:
        _leave(str(error), FAILED)
    except BrokenPipeError:
        # The reader of a pipe went away (`jifen rules show NAME | head`): nothing is left to say it to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except OSError as error:
        _leave(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror), FAILED)
    except Exception as error:
        if os.environ.get("JIFEN_DEBUG"):
            raise
        # The text of an unforeseen error may hold a person's data, so only its kind is shown.
        _leave(f"a defect ({type(error).__name__}); run again with JIFEN_DEBUG=1 to see where", DEFECT)


def _leave(message: str, status: int) -> None:
    click.echo(f"jifen: {message}", err=True)
    sys.exit(status)
