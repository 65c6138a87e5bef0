"""``jifen distribution``: tables on a terminal, as JSON and as files, and what it refuses."""

import json
from pathlib import Path

import polars as pl
import pytest

from scoring import Rulebook
from scoring.reform import Reform
from tests.reports.cli.command import Said, jifen
from tests.reports.rounds import frame
from tests.simulate.quota.pools import SEX, TEN


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    """Give the ten people of whom quota 5 admits seven."""
    path = tmp_path / "ten.csv"
    frame({"employment": TEN, "sex": SEX, "area": ["东城", "西城"] * 5}).write_csv(path)
    return path


def distribution(cohort: Path, *more: object, quota: int = 5) -> Said:
    """Run ``jifen distribution`` on a cohort."""
    return jifen("distribution", cohort, "--round", 2020, "--quota", quota, *more)


def test_rates_on_a_terminal(ten: Path) -> None:
    """Words stand to the left, numbers to the right, Chinese levels as wide as they are."""
    lines = distribution(ten, "--by", "area").out.splitlines()
    assert lines[0] == "Admission"
    # Of 东城 99, 98.5, 97, 97, 95: four of five; of 西城 three.
    assert lines[2].split()[:7] == ["area", "东城", "5", "5", "4", "80.00", "%"]
    assert lines[3].split()[:7] == ["area", "西城", "5", "5", "3", "60.00", "%"]
    assert "Employers" not in "\n".join(lines)


def test_json_holds_every_table(ten: Path) -> None:
    """All traits of the cohort are told where none is named, the strata behind the comparison included."""
    told = json.loads(distribution(ten, "--json").out)
    assert list(told) == ["rates", "standardised", "distances", "inequality", "strata"]
    assert {row["trait"] for row in told["rates"]} == {"education", "sex", "area", "taxed", "career"}
    assert {row["trait"] for row in told["standardised"]} == {"education", "sex", "area", "taxed"}
    women = next(row for row in told["rates"] if row["level"] == "female")
    assert (women["pool"], women["admitted"], women["admission_rate"]) == (5, 4, 0.8)


def test_another_quota_is_a_reform(ten: Path) -> None:
    """With two places instead of five four people fall out, three women and one man less."""
    told = json.loads(distribution(ten, "--by", "sex", "--reform-quota", 2, "--json").out)["change"]
    moved = {row["level"]: (row["entered"], row["left"], row["net"]) for row in told}
    assert moved == {"female": (0, 2, -2), "male": (0, 2, -2)}


def test_a_reform_of_the_rules_is_read_from_its_file(synthetic: Path, tmp_path: Path) -> None:
    """A reform's TOML changes the rulebook, and the same applicants are scored under both."""
    rules = Rulebook.load("beijing-2020")
    reform = Reform.from_changes(rules, {"education.points.bachelor": 40}, title="试验")
    path = tmp_path / "reform.toml"
    path.write_text(reform.to_toml(), "utf-8")
    told = json.loads(
        distribution(synthetic, "--by", "education_level", "--reform", path, "--json", quota=30).out
    )["change"]
    by_level = {row["level"]: row for row in told}
    assert by_level["bachelor"]["entered"] > 0
    assert all(row["entered"] == 0 for level, row in by_level.items() if level != "bachelor")


def test_employers_are_told_where_they_are_known(synthetic: Path, tmp_path: Path) -> None:
    """Facts with employers have their concentration, and no employer is named anywhere."""
    out = tmp_path / "groups"
    said = distribution(synthetic, "--by", "sex", "--out", out, quota=30)
    assert said.out.count("Employers") == 1
    assert {path.stem for path in out.iterdir()} == {
        *("rates", "standardised", "distances", "inequality", "strata", "employers"),
    }
    employers = pl.read_parquet(synthetic)["employer_id"].drop_nulls().unique().to_list()
    written = "".join(path.read_text("utf-8") for path in out.glob("*.csv")) + said.out
    assert not [one for one in employers if one in written]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--by", "sexes"), "did you mean sex"),
        (("--by", "sex", "--within", "sex", "--within", "carer"), "did you mean career"),
        (("--by", "sex", "--reform", "none.toml"), "none.toml"),
    ],
)
def test_a_refusal_says_what_to_do(ten: Path, arguments: tuple[str, ...], says: str) -> None:
    """One line, no traceback, and the nearest name."""
    said = distribution(ten, *arguments)
    assert said.status == 1
    assert says in said.err
    assert "Traceback" not in said.err


def test_a_list_of_the_admitted_says_that_its_rates_say_nothing(ten: Path) -> None:
    """Where nobody is left out every rate is 100 %, and a sentence says what that is worth."""
    said = distribution(ten, "--by", "sex", quota=10)
    assert "nobody who was not admitted: every rate is 100 %" in said.err
    assert "nobody who was not admitted" not in distribution(ten, "--by", "sex", quota=5).err
