"""``jifen sensitivity``: a line an indicator, every table on request, and no person in any of them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.reports.cli.command import jifen
from tests.scoring.applicants import COLUMNS

QUICK = ("--replicates", 5, "--draws", 16)

TEN = """\
50 15 0 12
45 26 0 0
55 10 0 3
60 0 0 6
50 15 0 0
40 15 0 9
30 26 0 6
45 15 0 0
22 37 -2 0
40 10 0 3
"""
"""Employment, education, study deduction and area of ten people; with four places the cutoff is 66."""


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    """Write the ten as a list of points."""
    path = tmp_path / "ten.csv"
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow([*COLUMNS, "total"])
        for line in TEN.splitlines():
            work, degree, deduction, area = map(int, line.split())
            points = [work, 0, degree, deduction, area, 0, 0, 0, 0, 0]
            rows.writerow([f"{one:.2f}" for one in (*points, sum(points))])
    return path


def test_the_table_has_a_line_an_indicator(ten: Path) -> None:
    """Without employment half of the four are displaced and all fall below 66; the area bounds its weight."""
    said = jifen("sensitivity", ten, "--round", 2020, "--quota", 4, *QUICK)
    assert said.status == 0
    lines = said.out.splitlines()
    assert lines[0] == "10 applicants, 10 eligible, quota 4: cutoff 66.00, 4 admitted, 1 at the cutoff"
    told = {line.split()[0]: line for line in lines[2:11]}
    assert told["employment"].split()[1:5] == ["50.0", "%", "100.0", "%"]
    assert told["job_housing_area"].split()[1:5] == ["25.0", "%", "75.0", "%"]
    assert told["job_housing_area"].endswith("0.8333 to 1.6667")
    assert told["tax"].endswith("0 to any")


def test_json_holds_every_table(ten: Path) -> None:
    """The tables of a cohort of points, none of rates; the leave-one-out says what the text says."""
    said = jifen("sensitivity", ten, "--round", 2020, "--quota", 4, "--json", *QUICK)
    document = json.loads(said.out)
    assert document["leave_one_out"][0]["below_old_cutoff"] == 4
    assert len(document["by_indicator"]) == 9
    assert "rate_atlas" not in document


def test_files_hold_every_table_and_nobody(synthetic: Path, tmp_path: Path) -> None:
    """Facts have tables of rates too, groups are told by level, and no column names a person's row."""
    out = tmp_path / "tables"
    said = jifen(
        *("sensitivity", synthetic, "--round", 2020, "--quota", 60, "--groups", "sex", "--out", out, *QUICK)
    )
    assert said.status == 0
    assert str(out) in said.out
    heads = {path.stem: path.read_text("utf-8").splitlines()[0] for path in out.glob("*.csv")}
    assert {"rate_atlas", "one_point_more_by_rate", "weight_atlas", "sobol_indices"} <= set(heads)
    assert not [name for name, head in heads.items() if "row" in head]
    groups = list(csv.DictReader((out / "leave_one_out_groups.csv").read_text("utf-8").splitlines()))
    assert {row["level"] for row in groups} == {"female", "male"}


def test_a_list_of_the_admitted_says_that_it_is_one(ten: Path) -> None:
    """Where everybody is in, nobody can be displaced but by a tie, and the reader is told."""
    said = jifen("sensitivity", ten, "--round", 2020, "--quota", 10, *QUICK)
    assert "nobody who was not admitted" in said.out


def test_without_places_there_is_nothing_to_tell(ten: Path) -> None:
    """A quota of 0 is a sentence and no table."""
    said = jifen("sensitivity", ten, "--round", 2020, "--quota", 0)
    assert said.out.strip() == "no cutoff, nobody admitted: no indicator decides anything"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--groups", "sec"), "no group 'sec'"),
        (("--draws", 100), "powers of two"),
        (("--spread", 2), "0<x<=1"),
    ],
)
def test_what_cannot_be_is_refused(synthetic: Path, options: tuple[object, ...], message: str) -> None:
    """A group that is not there, an unbalanced number of draws and a weight below 0 are refused."""
    said = jifen("sensitivity", synthetic, "--round", 2020, "--quota", 60, *options)
    assert said.status in (1, 2)
    assert message in said.err
