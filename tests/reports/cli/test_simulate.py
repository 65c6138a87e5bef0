"""``jifen simulate``: a file in, a folder out, a few lines on the screen, one line when it stops."""

import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from simulate.engine import Engine
from simulate.experiment import Result
from simulate.experiment.chunks import CHUNK
from tests.reports.cli.command import Said, jifen, lines_in
from tests.reports.cli.conftest import Disk
from tests.reports.cli.test_main import COMMANDS
from tests.simulate.experiment.specs import LEVERS, write
from tests.simulate.experiment.test_folder import contents

INTERRUPTED = "jifen: interrupted; what is done is kept in {}; run the same again with --resume\n"


def simulate(file: Path, out: Path, *more: object) -> Said:
    """Run the command."""
    return jifen("simulate", file, "--out", out, *more)


def test_the_examples_run_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As they are written, on files of those names; the second goes to a folder of its own."""
    write(tmp_path).rename(tmp_path / "quota.toml")
    help_ = COMMANDS["jifen simulate"].help or ""
    (tmp_path / "years.toml").write_text(help_.split("years.toml:\n")[1], "utf-8")
    monkeypatch.chdir(tmp_path)
    examples = [example[1:] for example in lines_in(help_)]
    until = ["--workers", "2", "--until", "0.02"]
    assert [example[4:] for example in examples] == [[], until, ["--resume"], []]
    assert jifen(*examples[0]).status == 0
    assert jifen(*examples[1][:3], "results/again", *examples[1][4:]).status == 0
    assert jifen(*examples[2]).status == 0
    years = jifen(*examples[3]).out.splitlines()
    assert years[0] == "256 draws (sobol, seed 7) over the rounds of 2023 to 2027; written to results/years"
    told = r"  2025: cutoff \d+\.\d\d \(error [0-9.e-]+\) on average, .* of ten; [0-9,]+ left waiting"
    assert re.fullmatch(told, years[3])


def test_what_came_of_it_is_told_in_a_few_lines(tmp_path: Path) -> None:
    """The cutoff with its error and range, then who came and went; standard error stays empty."""
    said = simulate(write(tmp_path), tmp_path / "results")
    assert (said.status, said.err) == (0, "")
    average = r"-?\d+\.\d\d \(error [0-9.e-]+\) on average"
    first, *others = said.out.splitlines()
    assert re.fullmatch(
        rf"200 draws \(sobol, seed 0\) over 300 applicants: cutoff {average}, "
        rf"\d+\.\d\d to \d+\.\d\d in nine draws of ten; written to \S+/results",
        first,
    )
    for name, line in zip(("admitted", "entered", "left"), others, strict=False):
        assert re.fullmatch(rf"  {name}: {average}, \d+ to \d+ in nine draws of ten", line)


def test_a_number_that_has_not_converged_is_told_as_such(tmp_path: Path) -> None:
    """Random draws of a wide weight are too few at 200, and enough when they may grow."""
    levers = {"weights.employment": {"low": 0.2, "high": 2}}
    file = write(tmp_path, design="random", levers=levers)
    few = simulate(file, tmp_path / "few")
    assert "not converged: the error of the mean cutoff is to be at most 0.02" in few.out
    many = simulate(file, tmp_path / "many", "--until", 0.3)
    assert "not converged" not in many.out
    assert Result.load(tmp_path / "many").record["draws"] > 200


def test_a_quota_of_nobody_has_no_cutoff(tmp_path: Path) -> None:
    """There is nothing to tell of a cutoff, and it is said."""
    said = simulate(write(tmp_path, levers={"quota": {"low": 0, "high": 0}}), tmp_path / "results")
    assert said.status == 0
    assert "no draw has a cutoff" in said.out


def test_workers_change_no_byte(tmp_path: Path) -> None:
    """One worker or two, the folders are the same but for the journal."""
    file = write(tmp_path, draws=2 * CHUNK + 3)
    for workers in (1, 2):
        assert simulate(file, tmp_path / f"by-{workers}", "--workers", workers).status == 0
    assert contents(tmp_path / "by-1") == contents(tmp_path / "by-2")


@pytest.mark.parametrize(
    ("changes", "more", "told"),
    [
        (
            {"levers": {"qota": {"low": 1, "high": 2}}},
            (),
            "experiment.toml: beijing-2020 has no value 'qota'",
        ),
        ({"cohort": "cohrt.parquet"}, (), "cohrt.parquet"),
        ({"outcomes": {"groups": ["sectr"]}}, (), "no group 'sectr'; did you mean sector?"),
        ({}, ("--cluster", "lcal"), "'lcal' is no cluster"),
        ({}, ("--until", "1e-9", "--cluster", "tcp://127.0.0.1:1", "--workers", 2), "has its own workers"),
    ],
)
def test_a_refusal_is_one_line(tmp_path: Path, changes: Any, more: tuple[Any, ...], told: str) -> None:
    """What cannot be run is refused with status 1, and no result is left."""
    refused = simulate(write(tmp_path, **changes), tmp_path / "results", *more)
    assert told in refused.error
    assert not (tmp_path / "results" / "record.json").exists()


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """One line, with the name."""
    refused = simulate(tmp_path / "no.toml", tmp_path / "out")
    assert refused.error.endswith("no.toml: cannot be read (No such file or directory)")


def test_results_are_not_written_over(tmp_path: Path) -> None:
    """A second run into the same folder is refused, and told so; resumed, it is told again."""
    file = write(tmp_path)
    first = simulate(file, tmp_path / "results")
    assert (
        simulate(file, tmp_path / "results").error == f"{tmp_path}/results holds results; name another folder"
    )
    assert simulate(file, tmp_path / "results", "--resume") == first


@pytest.mark.parametrize("wrong", [("--workers", 0), ("--until", 0), ("--until", "x"), ("--wokers", 2)])
def test_a_wrong_option_is_a_usage_error(tmp_path: Path, wrong: tuple[object, ...]) -> None:
    """Status 2, before anything is read."""
    said = simulate(tmp_path / "no.toml", tmp_path / "out", *wrong)
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err


def test_a_full_disk_is_one_line_and_the_run_goes_on_later(tmp_path: Path, disk: Disk) -> None:
    """A chunk that does not fit leaves a folder that can be resumed."""
    file = write(tmp_path, draws=CHUNK + 3)
    with disk.full_after(50_000):
        stopped = simulate(file, tmp_path / "results")
    assert re.search(
        r"cannot write .*; what is done is kept: run the same again with --resume$", stopped.error
    )
    assert simulate(file, tmp_path / "results", "--resume").status == 0
    simulate(file, tmp_path / "whole")
    assert contents(tmp_path / "results") == contents(tmp_path / "whole")


def test_ctrl_c_is_one_line_and_says_how_to_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Status 130, as a shell expects of it."""
    file = write(tmp_path)
    with pytest.MonkeyPatch.context() as patch:

        def interrupted(*_: Any) -> None:
            raise KeyboardInterrupt

        patch.setattr(Engine, "run", interrupted)
        said = simulate(file, tmp_path / "results")
    assert (said.status, said.out) == (130, "")
    assert said.err == INTERRUPTED.format(tmp_path / "results")


@pytest.mark.parametrize("workers", [pytest.param(1, marks=pytest.mark.slow), 2])
def test_a_terminal_may_interrupt_a_run_in_its_own_process(tmp_path: Path, workers: int) -> None:
    """The signal goes to every process of the run: one line is said, and the run resumes."""
    file = write(tmp_path, draws=400 * CHUNK, levers={**LEVERS, "weights.tax": {"low": 0, "high": 9}})
    code = "import reports.cli; reports.cli.main()"
    command: list[str | Path] = [
        sys.executable,
        "-c",
        code,
        "simulate",
        file,
        "--out",
        tmp_path / "out",
        "--workers",
        str(workers),
    ]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, start_new_session=True, **pipes) as running:
        while running.poll() is None and not list(tmp_path.glob("out/.unfinished/chunks/*.npz")):
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (130, "")
    assert err == INTERRUPTED.format(tmp_path / "out")


class Terminal(io.StringIO):
    """A terminal that keeps what is shown on it."""

    def isatty(self) -> bool:
        """Say that somebody watches."""
        return True


def test_a_terminal_sees_how_far_the_run_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bar tells draws done, of how many, and the time left; without a terminal there is none."""
    shown = Terminal()
    file = write(tmp_path, draws=CHUNK + 3)
    with monkeypatch.context() as patch:
        patch.setattr("reports.cli.simulating.sys.stderr", shown)
        from reports.cli.simulating import simulate as command

        command.main([str(file), "--out", str(tmp_path / "results")], standalone_mode=False)
    assert re.search(
        rf"100%\|#+\| {CHUNK + 3}/{CHUNK + 3} \[\d\d:\d\d<\d\d:\d\d, .*draw/s\]", shown.getvalue()
    )
