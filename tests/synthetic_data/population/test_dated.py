"""What is counted once for all rulebooks hangs on none of their other values."""

from decimal import Decimal
from typing import Any

import pytest

from scoring import Rulebook
from scoring.rulebook.paths import parameter_at
from synthetic_data.population import Parameters, draw
from synthetic_data.population.counting import counted, dated

RULES = Rulebook.load("beijing-2020")
LIVES = draw(Parameters.load(), size=2_000, seed=4)


def free() -> dict[str, Any]:
    """Give another value for every number of the rulebook that facts do not use up."""
    found: dict[str, Any] = {}
    for path in RULES:
        parameter = parameter_at(path, RULES.award_keys)
        if not parameter.needs_histories and parameter.kind in ("points", "count"):
            value: Any = RULES[path]
            found[path] = value + 1 if parameter.high is None or value < parameter.high else value - 1
    return found


def test_dated_facts_are_the_same_under_all_other_values() -> None:
    """Every number that facts do not use up moved at once, and not one of these facts is another."""
    moved = RULES.changed(free())
    assert len(free()) > 40
    for name, values in dated(LIVES, RULES, 2023).items():
        assert values.tolist() == dated(LIVES, moved, 2023)[name].tolist(), name


@pytest.mark.parametrize("path", ["employment.points_per_year", "education.points.master_degree"])
def test_the_credential_claimed_hangs_on_points(path: str) -> None:
    """It is the one with the most points after deduction, so that it is claimed anew under each rulebook."""
    moved = RULES.changed({path: Decimal(30)})
    before, after = (counted(LIVES, rules, 2023)["education"] for rules in (RULES, moved))
    assert (before != after).any()
