"""The command as a whole: help with examples that run, exit statuses, and errors of two lines at most."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pytest

from reports import render
from reports.cli import main
from reports.cli.main import jifen as group
from tests.reports.cli.command import Said, commands, jifen, lines_in, process, small

COMMANDS = dict(commands())
LEAVES = {words: one for words, one in COMMANDS.items() if not isinstance(one, click.Group)}
EXAMPLES = [
    (words, example) for words, command in COMMANDS.items() for example in lines_in(command.help or "")
]
# Records, keys, experiments and their results are no cohort on a clerk's desk, a calibration takes minutes,
# and its people half a minute: tests of their own run those examples.
ELSEWHERE = {"deidentify", "simulate", "facts", "histories", "histories.xlsx", "calibrate", "forecast"}
ELSEWHERE |= {"--members", "--calibrated", "--results"}
RUN_HERE = [example for _, example in EXAMPLES if example[1] == "template" or not ELSEWHERE & set(example)]


def named(words: list[str]) -> tuple[click.Command, list[str]]:
    """Give the subcommand that a line names, and its arguments."""
    command: click.Command = group
    rest = words[1:]
    while isinstance(command, click.Group):
        command = command.commands[rest.pop(0)]
    return command, rest[: rest.index(">")] if ">" in rest else rest


@pytest.mark.parametrize("words", COMMANDS)
def test_every_subcommand_has_help_with_an_example(words: str) -> None:
    """Status 0, nothing on standard error, lines that fit a screen, an example of the very subcommand."""
    said = jifen(*words.split()[1:], "--help")
    assert (said.status, said.err) == (0, "")
    assert said.out == jifen(*words.split()[1:], "-h").out
    assert said.out.startswith(f"Usage: {words} ")
    assert max(map(len, said.out.splitlines())) <= 100
    examples = lines_in(COMMANDS[words].help or "")
    assert examples
    assert [one for one in examples if " ".join(one).startswith(words)] == examples


@pytest.mark.parametrize("words", LEAVES)
def test_every_option_says_what_it_is(words: str) -> None:
    """No option without a sentence."""
    options = [one for one in LEAVES[words].params if isinstance(one, click.Option)]
    assert [one.name for one in options if not one.help] == []


@pytest.mark.parametrize(("words", "example"), EXAMPLES, ids=[" ".join(one[:4]) for _, one in EXAMPLES])
def test_every_example_parses(words: str, example: list[str]) -> None:
    """No example names an option that is not there or leaves one out that must be."""
    command, arguments = named(example)
    context = command.make_context(command.name, list(arguments))
    assert set(context.params) == {parameter.name for parameter in command.params} - {"help"}


@pytest.mark.parametrize("example", RUN_HERE, ids=[" ".join(one[:4]) for one in RUN_HERE])
def test_every_example_runs(example: list[str], desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is written but smaller, on a desk with the files it names."""

    def page(name: str, parameters: Mapping[str, Any], *, lang: str, out_dir: Path, **how: Any) -> list[Path]:
        return [out_dir / f"{name}-{lang}.html"]

    monkeypatch.setattr(render, "report", page)
    said = jifen(*small(example))
    assert said.status == 0
    assert said.out


def test_without_arguments_the_help_is_shown_as_an_error() -> None:
    """Nothing was asked for, so standard output stays empty and the status is that of a usage error."""
    said = jifen()
    assert (said.status, said.out) == (2, "")
    assert said.err == jifen("--help").out


def test_version_is_printed() -> None:
    """Name and number."""
    said = jifen("--version")
    assert (said.status, said.err) == (0, "")
    assert said.out.startswith("jifen, version ")


@pytest.mark.parametrize(
    ("arguments", "message", "where"),
    [
        (("scor",), "No such command 'scor'", "jifen"),
        (("rules", "lst"), "No such command 'lst'", "jifen rules"),
        (("check", "a.csv"), "Missing option '--round'", "jifen check"),
        (("check", "--round", "2020"), "Missing argument 'COHORT'", "jifen check"),
        (("check", "a.csv", "b.csv", "--round", "2020"), "Got unexpected extra argument", "jifen check"),
        (("check", "a.csv", "--rond", "2020"), "No such option", "jifen check"),
        (("check", "a.csv", "--round", "2020", "--lang", "fr"), "'zh', 'en'", "jifen check"),
        (("rules", "list", "x"), "Got unexpected extra argument", "jifen rules list"),
    ],
)
def test_a_command_that_was_written_wrongly_leaves_with_2(
    arguments: tuple[str, ...], message: str, where: str
) -> None:
    """One line says what is wrong, the other where to read on."""
    said = jifen(*arguments)
    assert (said.status, said.out) == (2, "")
    first, second = said.err.splitlines()
    assert first.startswith("jifen: ")
    assert message in first
    assert second == f"See '{where} --help'."


class PanicException(BaseException):
    """Stand in for polars' own, which derives from no Exception either."""


@pytest.mark.parametrize(
    ("failure", "status", "message"),
    [
        (ValueError("张伟"), 70, "a defect (ValueError); run again with JIFEN_DEBUG=1 to see where"),
        (PanicException("张伟"), 70, "a defect (PanicException); run again with JIFEN_DEBUG=1 to see where"),
        (MemoryError(), 1, "not enough memory"),
        (OSError(28, "No space left on device", "out.csv"), 1, "out.csv: No space left on device"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else "",
)
def test_what_nobody_foresaw_is_one_line(
    failure: BaseException, status: int, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, and nothing of the error's own text where that may hold a person's data."""
    _fail_with(failure, monkeypatch)
    said = jifen("rules", "list")
    assert (said.status, said.out) == (status, "")
    assert said.err.strip() == f"jifen: {message}"


def test_who_looks_for_a_defect_gets_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """With JIFEN_DEBUG the error goes through."""
    _fail_with(ValueError("here"), monkeypatch)
    monkeypatch.setenv("JIFEN_DEBUG", "1")
    with pytest.raises(ValueError, match="here"):
        main(["rules", "list"])


def _fail_with(failure: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise failure

    monkeypatch.setattr(COMMANDS["jifen rules list"], "callback", fail)


def test_an_encoding_without_chinese_gets_escapes_and_others_their_own() -> None:
    """A pipe in ISO 8859-1 is no defect, and one in GBK holds Chinese as it should."""
    western = process("rules", "list", PYTHONIOENCODING="iso-8859-1")
    assert (western.returncode, western.stderr) == (0, b"")
    assert b"\\u5317\\u4eac\\u5e02" in western.stdout
    chinese = process("rules", "list", PYTHONIOENCODING="gbk")
    assert (chinese.returncode, chinese.stderr) == (0, b"")
    assert chinese.stdout.decode("gbk") == jifen("rules", "list").out


def test_a_reader_who_leaves_early_is_told_nothing() -> None:
    """`jifen rules show beijing-2020 | head -1` ends without a word of broken pipes."""
    command = [
        sys.executable,
        "-c",
        "import reports.cli; reports.cli.main()",
        "rules",
        "show",
        "beijing-2020",
    ]
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as pipe:
        said = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, check=False)
    assert (said.returncode, said.stderr) == (1, b"")


def test_help_waits_for_no_heavy_import() -> None:
    """What draws charts and runs notebooks is imported by the subcommands that need it."""
    look = (
        "import sys, reports.cli\n"
        "try: reports.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({'altair', 'papermill', 'nbconvert', 'scipy', 'vl_convert'} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "[]"


def test_a_refusal_in_a_process_of_its_own(tmp_path: Path) -> None:
    """What a shell sees is what the tests above see."""
    said = process("check", tmp_path / "none.csv", "--round", 2020)
    assert (said.returncode, said.stderr) == (1, b"")
    error = jifen("score", tmp_path / "none.csv", "--round", 2020, "--quota", 1, "--out", tmp_path / "a.csv")
    alone = process(
        "score", tmp_path / "none.csv", "--round", 2020, "--quota", 1, "--out", tmp_path / "a.csv"
    )
    assert Said(alone.returncode, alone.stdout.decode(), alone.stderr.decode()) == error
