"""Put the subcommands together and turn every error into a line or two and an exit status."""

from __future__ import annotations

import io
import os
import sys

import click

from reports.cli.budgeting import budget
from reports.cli.cohorts import check, score
from reports.cli.counting import facts
from reports.cli.deidentifying import deidentify
from reports.cli.explanation import explain
from reports.cli.forecasting import calibrate, forecast
from reports.cli.grouping import distribution
from reports.cli.making import synth, template
from reports.cli.reforms import reform
from reports.cli.reporting import report
from reports.cli.rulebooks import rules
from reports.cli.sensitivity import sensitivity
from reports.cli.simulating import simulate
from reports.cli.sizing import quota
from scoring.cohort.panics import is_panic
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


for command in (
    check,
    deidentify,
    facts,
    score,
    explain,
    rules,
    reform,
    template,
    synth,
    simulate,
    sensitivity,
    budget,
    quota,
    distribution,
    calibrate,
    forecast,
    report,
):
    jifen.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command and leave with its exit status.

    0 is success, 1 a refusal (what was given cannot be used), 2 a command that was written wrongly.
    """
    _print_any_character()
    try:
        status = jifen.main(args=arguments, prog_name="jifen", standalone_mode=False)
    except BaseException as error:
        if not (isinstance(error, Exception) or is_panic(error)):
            raise
        message, status = _said_of(error)
        if status == DEFECT and os.environ.get("JIFEN_DEBUG"):
            raise
        if message:
            click.echo(message, err=True)
    sys.exit(status)


def _print_any_character() -> None:
    """Write what a terminal's or a pipe's encoding lacks as an escape like \\u5317, and not as a defect."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def _said_of(error: BaseException) -> tuple[str, int]:  # noqa: PLR0911  one return a kind of error
    """Return what is said of an error and the exit status it leaves with."""
    match error:
        case click.Abort():
            return "jifen: interrupted", INTERRUPTED
        case click.exceptions.NoArgsIsHelpError():
            return error.format_message(), USAGE
        case click.UsageError():
            where = error.ctx.command_path if error.ctx else "jifen"
            return f"jifen: {error.format_message()}\nSee '{where} --help'.", USAGE
        case click.ClickException():
            return f"jifen: {error.format_message()}", FAILED
        case JifenError():
            return f"jifen: {_in_two_lines(str(error))}", FAILED
        case MemoryError():
            return "jifen: not enough memory", FAILED
        case BrokenPipeError():
            # The reader of a pipe went away (`jifen rules show NAME | head`): nobody is left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return "", FAILED
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            return f"jifen: {where}{error.strerror or 'the system refused'}", FAILED
        case _:
            # The text of an unforeseen error may hold a person's data, so only its kind is shown.
            kind = type(error).__name__
            return f"jifen: a defect ({kind}); run again with JIFEN_DEBUG=1 to see where", DEFECT


def _in_two_lines(message: str) -> str:
    """Keep the first thing that is wrong with a cohort; `jifen check` is where all of them are listed."""
    lines = message.splitlines()
    return message if len(lines) <= 2 else f"{lines[0]}\nMore is wrong: `jifen check` lists everything."
