"""Facts that say how they were made, and whether that serves the rulebook and round at hand."""

import dataclasses
import json
from pathlib import Path

import polars as pl
import pytest

from scoring.cohort import CannotWrite, CohortError, read, write_facts
from scoring.cohort.words import sentence
from tests.scoring.cohort.made import ROUND, RULES, VALUES, StandIn, admitted, csv, fact, only, typed


def made(folder: Path, rules: StandIn = RULES, round_year: int = ROUND) -> Path:
    """Write facts as jifen does."""
    path = folder / "facts.parquet"
    write_facts(typed(fact()), path, rules=rules, round_year=round_year)
    return path


def test_facts_carry_round_rulebook_and_the_values_spent_on_them(tmp_path: Path) -> None:
    """Any Parquet reader can see what the file was made for."""
    metadata = pl.read_parquet_metadata(made(tmp_path))
    assert metadata["jifen.round"] == "2020"
    assert (metadata["jifen.rulebook"], metadata["jifen.rulebook_digest"]) == ("stand-in", "d1" * 32)
    assert json.loads(metadata["jifen.histories_values"]) == VALUES


def test_facts_serve_the_rulebook_they_were_made_under(tmp_path: Path) -> None:
    """And any other that spends the same values, whatever it is called."""
    path = made(tmp_path)
    assert admitted(path).notices == ()
    other = StandIn(name="reform", digest="d2" * 32)
    assert read(path, rules=other, round_year=ROUND).frame.height == 1


def test_facts_of_another_round_are_refused(tmp_path: Path) -> None:
    """A year more has passed since."""
    violation = only(made(tmp_path, round_year=2019))
    assert (violation.rule, violation.data["was"], violation.data["now"]) == ("other_round", 2019, 2020)


@pytest.mark.parametrize(
    ("values", "path", "was", "now"),
    [
        (
            {**VALUES, "residence.presumed_before": "2020-07"},
            "residence.presumed_before",
            "2020-07",
            "2020-08",
        ),
        ({**VALUES, "annex-2.windows": [3, 5]}, "annex-2.windows", [3, 5], [3, 4]),
        ({**VALUES, "new.value": 1}, "new.value", 1, None),
        (
            {name: value for name, value in VALUES.items() if name != "tax.income_tax_yuan"},
            "tax.income_tax_yuan",
            None,
            100000,
        ),
    ],
)
def test_facts_made_under_other_values_are_refused(
    values: dict[str, object], path: str, was: object, now: object, tmp_path: Path
) -> None:
    """The value, what it was and what it is now are named."""
    violation = only(made(tmp_path, rules=dataclasses.replace(RULES, histories_values=values)))
    assert (violation.rule, violation.data["value_path"]) == ("other_value", path)
    assert (violation.data["was"], violation.data["now"]) == (was, now)
    assert path in sentence(violation, "en")


def test_every_other_value_is_told(tmp_path: Path) -> None:
    """Two changed values are two violations, and the round a third."""
    values = {**VALUES, "residence.presumed_before": "2017-08", "tax.income_tax_yuan": 1}
    path = made(tmp_path, rules=dataclasses.replace(RULES, histories_values=values), round_year=2018)
    with pytest.raises(CohortError) as caught:
        read(path, rules=RULES, round_year=ROUND)
    assert [one.rule for one in caught.value.violations] == ["other_round", "other_value", "other_value"]


@pytest.mark.parametrize(
    "metadata",
    [
        {"jifen.round": "2020"},
        {"jifen.round": "x", "jifen.histories_values": "{}"},
        {"jifen.round": "2020", "jifen.histories_values": "[1"},
        {"jifen.round": "2020", "jifen.histories_values": "[]"},
    ],
)
def test_a_damaged_record_is_refused(metadata: dict[str, str], tmp_path: Path) -> None:
    """Half of what the file says of itself is not believed."""
    path = tmp_path / "facts.parquet"
    typed(fact()).write_parquet(path, metadata=metadata)
    assert only(path).rule == "provenance_unreadable"


def test_files_of_others_say_nothing_and_are_taken(tmp_path: Path) -> None:
    """A department's own export has no such record."""
    assert admitted(csv(tmp_path, fact())).notices == ()


def test_facts_are_not_half_written(tmp_path: Path) -> None:
    """Where no file can be written, none is begun."""
    with pytest.raises(CannotWrite, match="no folder"):
        write_facts(typed(fact()), tmp_path / "none" / "facts.parquet", rules=RULES, round_year=ROUND)
