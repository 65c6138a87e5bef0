"""Run ``jifen`` as a shell would, in this process or in one of its own, and small cohorts to run it on."""

import contextlib
import io
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from reports.cli import main
from reports.cli.main import jifen as group
from scoring.reform import Reform
from scoring.rulebook import Rulebook
from tests.scoring.cohort.made import fact, text_of

# Two admitted-list rows: 60.5 + 11.67 + 26 - 1.17 + 20 = 117.00 and 50 + 5.5 + 15 + 20 = 90.50.
POINTS = """\
applicant_id,employment,residence,education,study_deduction,job_housing_area,innovation,tax,age,honours,law_abiding,total
17,60.50,11.67,26.00,-1.17,0.00,0.00,0.00,20.00,0.00,0.00,117.00
18,50.00,5.50,15.00,0.00,0.00,0.00,0.00,20.00,0.00,0.00,90.50
"""
# `made.FACT` under beijing-2020: 150 months 37.5; 40 months own 3.33 and 60 presumed 2.5; bachelor 15;
# 12 months of home and job outside 3; one taxed year 2; 38 years old 20. Together 83.33.
FACT_TOTAL = "83.33"
# The same with 149 months is 37.25; with a detention 30 less; with a failed condition not ranked.
ROWS = (
    fact(applicant_id="A1", kind="=1+1"),
    fact(applicant_id="A2", kind="=1+1", insured_months="149"),
    fact(applicant_id="A3", kind="国企", criminal_record="true", insurance_in_order="false"),
    fact(applicant_id="A4", kind="国企", detentions="1"),
    fact(applicant_id="A5", kind="国企", insured_months="149"),
)
FACTS = text_of(ROWS)

RULES = Rulebook.load("beijing-2020")
_CHANGES: dict[str, tuple[str, dict[str, object]]] = {
    "reform.toml": ("博士加两分", {"education.points.doctor": 39}),
    "a.toml": ("就业加半分", {"employment.points_per_year": 3.5}),
    "b.toml": ("取消年龄指标", {"age.removed": True}),
}
REFORMS = {
    name: Reform.from_changes(RULES, changes, title=title).to_toml()
    for name, (title, changes) in _CHANGES.items()
}


@dataclass(frozen=True)
class Said:
    """What a command left behind: its exit status, what it printed, and what it said beside."""

    status: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line of a refusal, which printed nothing and is no traceback."""
        assert (self.status, self.out) == (1, "")
        assert self.err.startswith("jifen: ")
        assert self.err.count("\n") == 1
        return self.err.removeprefix("jifen: ").rstrip("\n")

    def lines(self, start: str) -> list[str]:
        """The printed lines that begin so."""
        return [line for line in self.out.splitlines() if line.startswith(start)]


def jifen(*arguments: object) -> Said:
    """Run the command in this process, through the very function that the shell's ``jifen`` calls."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    status: object = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as left:
            status = left.code
    return Said(int(str(status or 0)), _written(out), _written(err))


def process(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-c", "import reports.cli; reports.cli.main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


def commands() -> Iterator[tuple[str, click.Command]]:
    """Give every subcommand with its words, groups included."""

    def below(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield words, command
        inner: Mapping[str, click.Command] = getattr(command, "commands", {})
        for name, one in inner.items():
            yield from below(f"{words} {name}", one)

    yield from below("jifen", group)


def lines_in(text: str) -> list[list[str]]:
    """Give the ``jifen`` lines of a help text or a page, as the shell would split them."""
    joined = text.replace("\\\n", " ")
    return [shlex.split(line.strip()) for line in joined.splitlines() if line.strip().startswith("jifen ")]


def small(words: list[str]) -> list[str]:
    """Make an example a small one: a size of 300, a quota of 30, and nothing sent into a file.

    The years are followed with as few applicants, since all of them take most of a minute.
    """
    smaller = {"--size": "300", "--quota": "30"}
    kept = words[1 : words.index(">") if ">" in words else None]
    fewer = ["--applicants", "300"] if kept[:2] == ["quota", "years"] and "--applicants" not in kept else []
    return [*(smaller.get(before, word) for before, word in zip(["", *kept], kept, strict=False)), *fewer]


def saved(folder: Path, text: str, name: str = "cohort.csv") -> Path:
    """Write a table into a file."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
