"""Hold the literal counting of records against cases worked out by hand, and the generator to its promise."""

import random
from typing import Any

import pytest

from .annexes import AWARD_KEYS, HONOUR_KEYS
from .histories import ISSUED, START, december, facts_literally, month
from .history_cases import CASES, Case
from .history_cases.records import complete, home, paid
from .history_strategies import Histories, random_histories
from .literal import IN_FORCE

ROUNDS = range(2018, 2028)
AREA = 2018 * 12  # January 2018, from which Article 15(4) counts in force
APPLICATIONS = [
    pytest.param(case, rulebook, id=f"{case.reading} [{rulebook}]")
    for case in CASES
    for rulebook in case.rulebooks
]
Counted = list[tuple[int, Histories, dict[str, Any]]]


@pytest.fixture(scope="module")
def generated() -> Counted:
    """Generate two hundred applicants a round and count their facts."""
    rng = random.Random(11)  # noqa: S311 -- a seeded generator is what a test needs
    drawn = [(year, random_histories(rng, year)) for year in ROUNDS for _ in range(200)]
    return [
        (year, person, facts_literally(person, rulebook=IN_FORCE, round_year=year)) for year, person in drawn
    ]


@pytest.mark.parametrize(("case", "rulebook"), APPLICATIONS)
def test_case_worked_out_by_hand(case: Case, rulebook: str) -> None:
    """Records give the facts that the reading says."""
    got = facts_literally(
        case.histories,
        rulebook=rulebook,
        round_year=case.round_year,
        award_keys=range(len(AWARD_KEYS)),  # type: ignore[arg-type]  # cases name places
        honour_keys=range(len(HONOUR_KEYS)),  # type: ignore[arg-type]
    )
    assert {name: got[name] for name in case.expected} == case.expected


@pytest.mark.parametrize(
    "records",
    [
        {"insurance": paid("medical", "2015-03", "2015-02")},
        {"dwellings": home("own", "2015-03", "2015-02")},
    ],
    ids=["insurance", "dwelling"],
)
def test_reversed_spell_is_an_error(records: dict[str, list[dict[str, Any]]]) -> None:
    """A spell that ends before it begins is no spell."""
    with pytest.raises(ValueError, match="ends before it begins"):
        facts_literally(complete(records), rulebook=IN_FORCE, round_year=2020)


def test_every_fact_takes_many_values(generated: Counted) -> None:
    """Generated records give no fact by default alone: thresholds, keys, levels and counts all occur."""
    seen = {name: {facts[name] for *_, facts in generated} for name in generated[0][2]}
    assert seen["continuous_insured_months"] >= {0, 83, 84, 85}
    assert seen["back_paid_months"] >= {0, 4, 5, 6, 84}
    assert seen["study_insured_months"] >= {0, 1, 35, 36, 47, 48}
    assert seen["insurance_in_order"] == seen["suburban_home_in_december"] == {True, False}
    assert len(seen["education"]) == 11
    assert len(seen["innovation_award"]) > 60
    assert seen["honour"] == {None, *HONOUR_KEYS}
    assert seen["taxed_100k_years"] == {0, 1, 2, 3}
    assert seen["tax_penalties"] >= {0, 1, 2}
    assert seen["detentions"] >= {0, 1, 2}
    homes = [
        name for name in seen if name.endswith("home_months") or name.startswith(("leased", "dormitory"))
    ]
    assert all(len(seen[name]) > 30 for name in homes)


def test_spells_begin_and_end_at_every_boundary(generated: Counted) -> None:
    """Spells begin and end in the very month of each boundary and in the months beside it."""
    found: dict[int, set[int]] = {}
    for year, person, _ in generated:
        for spell in (*person["insurance"], *person["dwellings"]):
            found.setdefault(year, set()).update(month(spell[end]) for end in ("first_month", "last_month"))
    for year, months in found.items():
        until = december(year)
        assert months >= {edge + beside for edge in (until, until - 83, START) for beside in (-1, 0, 1)}
    assert set.union(*found.values()) >= {ISSUED - 1, ISSUED, AREA - 1, AREA}


def test_the_same_seed_gives_the_same_records() -> None:
    """Records are a function of their seed."""
    first, second = (random_histories(random.Random(3), 2024) for _ in range(2))  # noqa: S311
    assert first == second
