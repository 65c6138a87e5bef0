"""A rulebook is a frozen value: read by dotted path, told apart by its digest, changed into another."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring.errors import RulebookError, UnknownName
from scoring.rulebook import PARAMETERS, Rulebook, Step, load

RULES = Rulebook.load("beijing-2020")
TRIAL = Rulebook.load("beijing-2018-trial")
AWARD = "innovation.awards.beijing_news_third.points"
LADDER = [{"up_to": 50, "points": 20}, {"over": 50, "points": 0}]


def copied(folder: Path, file: str = "", old: str = "", new: str = "") -> Rulebook:
    """Load a copy of the rules in force, with one piece of text of one file replaced."""
    for name in ("beijing-2020.toml", "annex-3.toml", "annex-4.toml"):
        text = (load.RULES / name).read_text("utf-8")
        if name == file:
            assert text.count(old) >= 1
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, "utf-8")
    return Rulebook.load(folder / "beijing-2020.toml")


def other(path: str) -> Any:
    """Give a value that the law could bear and that is not the one in force; None where there is no other."""
    value = RULES[path]
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value - 1 if value > 1 else 2
    if isinstance(value, Decimal):
        return value - 1 if value < 0 else value + 1
    if isinstance(value, date):
        return value.replace(year=value.year + 1)
    if isinstance(value, tuple):
        return LADDER if isinstance(value[0], Step) else value[1:]
    choices = [choice for choice in PARAMETERS[path].choices if choice != value]
    return choices[0] if choices else {"12-31": "06-30", "01-01": "07-01"}.get(value)


def test_a_value_is_read_by_its_dotted_path() -> None:
    """A path gives the plain value, typed readers give it in the unit they name."""
    assert RULES["employment.points_per_year"] == Decimal("3.00")
    assert RULES.points("residence.other_home_points_per_year") == 50
    assert RULES.points("tax.points_per_penalty") == -1200
    assert RULES.count("eligibility.continuous_months") == 84
    assert RULES.flag("residence.capped_at_employment") is True
    assert RULES.text("rounding.rule") == "half_away_from_zero"
    assert RULES.date("residence.presumed_before") == date(2020, 8, 1)
    assert RULES[AWARD] == Decimal(2)
    assert RULES.value("tax.line_yuan").citation.article == "15(6)"


def test_a_rulebook_is_a_mapping_of_its_paths() -> None:
    """Paths can be listed, counted and asked for."""
    assert "employment.points_per_year" in RULES
    assert "employment" not in RULES
    assert len(RULES) == len(list(RULES)) == len(set(RULES))
    assert isinstance(RULES, Mapping)


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (
            "tax.points_per_awrad",
            "beijing-2020 has no value 'tax.points_per_awrad'; did you mean tax.points_per_award?",
        ),
        (
            "innovation.awards.beijing_news_thrid.points",
            f"beijing-2020 has no value 'innovation.awards.beijing_news_thrid.points'; did you mean {AWARD}?",
        ),
        ("weather", "beijing-2020 has no value 'weather'"),
    ],
)
def test_an_unknown_path_names_the_nearest(path: str, message: str) -> None:
    """A path that is none is refused, with the nearest one that is."""
    with pytest.raises(UnknownName) as refused:
        RULES[path]
    assert str(refused.value) == message


def test_a_rulebook_is_frozen() -> None:
    """Nothing of a rulebook can be set: not a field, not a value, not a citation."""
    with pytest.raises(FrozenInstanceError):
        RULES.head = TRIAL.head  # type: ignore[misc]
    with pytest.raises(TypeError):
        RULES.values_by_path["tax.max_points"] = RULES.value("tax.max_points")  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        RULES.value("tax.max_points").plain = Decimal(7)  # type: ignore[misc]
    with pytest.raises(TypeError):
        RULES.histories_values["tax.line_yuan"] = 1  # type: ignore[index]


def test_days_of_a_round() -> None:
    """The reference date is 31 December, and age is counted on 1 January, of the year before the round."""
    assert RULES.reference_date(2020) == date(2019, 12, 31)
    assert RULES.day_before_round("age.as_of", 2020) == date(2019, 1, 1)


def test_the_digest_is_64_hexadecimal_digits_and_the_same_at_each_load(tmp_path: Path) -> None:
    """A rulebook loaded by name and a copy of its file have one digest; the three have three."""
    assert re.fullmatch(r"[0-9a-f]{64}", RULES.digest)
    copy = copied(tmp_path)
    assert copy is not RULES
    assert copy.digest == RULES.digest
    assert copy == RULES
    assert hash(copy) == hash(RULES)
    assert len({Rulebook.load(name).digest for name in Rulebook.names()}) == 3


def test_the_digest_does_not_hang_on_names_or_citations(tmp_path: Path) -> None:
    """Another title or note is no other law; another name makes rulebooks unequal, but not their digests."""
    assert copied(tmp_path, "beijing-2020.toml", "Pro rata by month", "By month").digest == RULES.digest
    renamed = copied(tmp_path, "beijing-2020.toml", 'name = "beijing-2020"', 'name = "mine"')
    assert renamed.digest == RULES.digest
    assert renamed != RULES
    assert copied(tmp_path, "beijing-2020.toml", "value = 3\n", "value = 3.0\n").digest == RULES.digest


@pytest.mark.parametrize(
    "path", [path for path in RULES if not path.startswith("innovation.awards.") and other(path) is not None]
)
def test_any_other_value_has_another_digest(path: str) -> None:
    """Whichever value is changed, the digest tells."""
    changed = RULES.changed({path: other(path)})
    assert changed[path] != RULES[path]
    assert changed.digest != RULES.digest
    assert changed.changed({path: RULES[path]}).digest == RULES.digest


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("annex-3.toml", "points = 12\n", "points = 11\n"),
        ("annex-3.toml", 'key = "beijing_news_third"', 'key = "beijing_news_3"'),
        ("annex-3.toml", 'level = "national"', 'level = "municipal"'),
        ("annex-3.toml", "counts_from = 2012", "counts_from = 2013"),
        ("annex-3.toml", "min_income_tax_yuan = 35_000", "min_income_tax_yuan = 36_000"),
        ("annex-3.toml", "from_yuan = 5_000_000", "from_yuan = 6_000_000"),
        ("annex-4.toml", 'key = "beijing_model_worker"', 'key = "model_worker_of_beijing"'),
    ],
)
def test_another_annex_has_another_digest(tmp_path: Path, file: str, old: str, new: str) -> None:
    """What counts in the annexes is part of the law, and of its digest."""
    assert copied(tmp_path, file, old, new).digest != RULES.digest


def test_a_change_gives_another_rulebook_and_leaves_the_first_alone() -> None:
    """The changed value is there, everything else is as it was, and the first still says what it said."""
    before = RULES.digest
    changed = RULES.changed({"employment.points_per_year": 4}, name="four", reason="what if")
    assert changed["employment.points_per_year"] == Decimal("4.00")
    assert {path for path in RULES if RULES[path] != changed[path]} == {"employment.points_per_year"}
    assert (changed.name, RULES.name) == ("four", "beijing-2020")
    assert (RULES["employment.points_per_year"], RULES.digest) == (Decimal("3.00"), before)
    cited = changed.value("employment.points_per_year").citation
    assert (cited.article, cited.source, cited.confidence, cited.sentence) == (
        "15(1)",
        "change",
        "change",
        "what if",
    )


def test_no_change_changes_nothing() -> None:
    """An empty change has the digest of what it changes, under a name that says so."""
    same = RULES.changed({})
    assert same.digest == RULES.digest
    assert same.name == "beijing-2020+change"


def test_a_change_keeps_what_a_value_needs() -> None:
    """A value spent in making facts is so in a changed rulebook too."""
    changed = RULES.changed({"tax.line_yuan": 120_000})
    assert changed.value("tax.line_yuan").needs == "histories"
    assert changed.histories_values["tax.line_yuan"] == "120000.00"
    assert RULES.histories_values["tax.line_yuan"] == "100000.00"


def test_points_of_an_award_can_be_changed() -> None:
    """The points of one row of Annex 3 have a path of their own."""
    changed = RULES.changed({AWARD: Decimal("2.5")})
    points = {award.key: changed.award_points(award) for award in changed.awards}
    assert points["beijing_news_third"] == 250
    assert points["beijing_news_second"] == 400


def test_points_by_level_come_and_go_together() -> None:
    """The trial's points by level can be taken away, so that each award counts for itself, and given."""
    levels = [f"innovation.points_by_level.{level}" for level in ("national", "municipal", "equity")]
    assert not set(levels) & set(TRIAL.changed(dict.fromkeys(levels)))
    given = RULES.changed(dict.fromkeys(levels, 5))
    assert {given.award_points(award) for award in given.awards} == {500}
    for rules, changes in ((TRIAL, {levels[0]: None}), (RULES, {levels[0]: 12})):
        with pytest.raises(RulebookError, match=r"^innovation\.points_by_level has no value for "):
            rules.changed(changes)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("employment.points_per_year", 3.005, "3.005 is no exact hundredth; write at most two decimals"),
        ("employment.points_per_year", "3", "'3' is not a number"),
        ("employment.points_per_year", -1, "-1 is below 0, the least the law can bear (points a year)"),
        ("employment.points_per_year", float("nan"), "NaN is no number that a law could set"),
        ("tax.points_per_penalty", 1, "1 is above 0, the most the law can bear (points a record)"),
        ("tax.years_per_award", 1.0, "1.0 is not a whole number (years)"),
        ("tax.years_per_award", True, "True is not a whole number (years)"),
        ("residence.capped_at_employment", 0, "0 is neither true nor false"),
        (
            "residence.presumed_before",
            date(2020, 8, 2),
            "2020-08-02 is not the first of a month; a month is written as its first day",
        ),
        (
            "residence.presumed_before",
            "2020-08",
            "'2020-08' is not a date; write 2018-01-01 without quotes",
        ),
        ("age.ladder", [], "a ladder is a list of at least one step"),
        ("age.ladder", LADDER[1:], "a gap: nothing is said up to 50; the first step has no 'over'"),
        (AWARD, 1.999, "1.999 is no exact hundredth; write at most two decimals"),
    ],
)
def test_a_change_is_checked_like_a_file(path: str, value: object, message: str) -> None:
    """A value that no file may hold is refused as a change, with its path."""
    with pytest.raises(RulebookError) as refused:
        RULES.changed({path: value})
    assert str(refused.value) == f"{path}: {message}"


def test_a_change_of_what_there_is_not() -> None:
    """A path that no rulebook has is refused with the nearest; a value that all have cannot be taken away."""
    with pytest.raises(UnknownName) as unknown:
        RULES.changed({"employment.point_per_year": 4})
    assert str(unknown.value) == (
        "no rulebook has a value 'employment.point_per_year'; did you mean employment.points_per_year?"
    )
    with pytest.raises(RulebookError) as needed:
        RULES.changed({"employment.points_per_year": None})
    assert str(needed.value) == "employment.points_per_year cannot be taken away: every rulebook has it"


def test_a_float_of_two_decimals_is_taken_as_written() -> None:
    """0.1 means a tenth of a point, whatever binary digits it has."""
    assert RULES.changed({"employment.points_per_year": 0.1})["employment.points_per_year"] == Decimal("0.10")


def test_a_rulebook_of_ones_own_loads_from_its_file(tmp_path: Path) -> None:
    """A path works as text and as a path, and gives the values of that file."""
    shutil.copy(load.RULES / "beijing-2020.toml", tmp_path / "mine.toml")
    path = tmp_path / "mine.toml"
    path.write_text(path.read_text("utf-8").replace("value = -30", "value = -40"), "utf-8")
    for given in (path, str(path)):
        assert Rulebook.load(given).points("law_abiding.points_per_detention") == -4000


def test_nothing_is_given_above_the_last_step_that_is_written() -> None:
    """A ladder whose last step has a top gives no points above it, as 45周岁 alone would say."""
    shortened = RULES.changed({"age.ladder": [{"up_to": 45, "points": 20}]}).ladder("age.ladder")
    steps = [(step.over, step.up_to, int(step.points)) for step in shortened]
    assert steps == [(None, 45, 20), (45, None, 0)]


def test_an_annex_is_changed_by_its_rows() -> None:
    """Naming another annex would leave the table as it was, so it is refused."""
    with pytest.raises(RulebookError, match="an annex is a file of its own"):
        RULES.changed({"innovation.awards": "annex-9"})


def test_a_rulebook_is_a_mapping() -> None:
    """A path that is not there gives the default, and asking for it outright names the nearest."""
    assert RULES.get("employment.points", 7) == 7
    with pytest.raises(KeyError, match=r"employment\.points_per_year"):
        RULES["employment.points_per_yaer"]
