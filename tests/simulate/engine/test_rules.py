"""Draws that change rules are answered as if the whole cohort were scored anew under each."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import RulebookError, UnknownName
from scoring.rulebook import PARAMETERS
from simulate.engine import UNIT, Draws, Engine, EngineError
from simulate.engine.lots import lots
from tests.simulate.engine.cohorts import NINE, RULES, around, facts_cohort, points_cohort
from tests.simulate.engine.literal import Literal, told

GROUPS = ("education_level", "age_band", "sector")
QUOTA = 80

# Other values than the baseline's for paths that take no plain number.
VALUES: dict[str, list[Any]] = {
    "eligibility.residence_permit_by": ["06-30", "01-01"],
    "eligibility.retirement.rises_from": [np.datetime64("2019-01-01").item()],
    "eligibility.insurance_in_order_required": [False],
    "eligibility.criminal_record_excludes": [False],
    "residence.capped_at_employment": [False],
    "job_housing_area.home_in_december_required": [False],
    "age.as_of": ["12-31", "07-01"],
    "age.ladder": [
        [{"up_to": 45, "points": 20}],
        [{"up_to": 35, "points": 30}, {"up_to": 50, "points": 7}, {"points": 1}],
    ],
    "rounding.step": [1, Decimal("0.05")],
    "rounding.rule": ["half_to_even", "toward_zero"],
}
NUMBERS = {"points", "count"}
LEVELS = ("national", "municipal", "equity")
BY_LEVEL = {f"innovation.points_by_level.{level}" for level in LEVELS}
AWARD = f"innovation.awards.{RULES.award_keys[1]}.points"


def values(path: str) -> list[Any]:
    """Give values of a path other than the baseline's, as the law could bear them."""
    if path in VALUES:
        return VALUES[path]
    if path == AWARD:
        return [30]
    parameter = PARAMETERS[path]
    if parameter.kind == "mark":
        return [True]
    if parameter.kind not in NUMBERS or parameter.needs_histories:
        return []
    now = RULES[path]
    assert isinstance(now, int | Decimal)
    low, high = parameter.low or 0, parameter.high or 10**6
    step = 1 if parameter.kind == "count" else Decimal("0.37")
    return [one for one in (now + step, now - step, now * 2) if low <= one <= high]


PATHS = [path for path in (*PARAMETERS, AWARD) if path not in BY_LEVEL and values(path)]


@pytest.fixture(scope="module")
def engine() -> Engine:
    """Prepare fifteen hundred generated applicants."""
    return Engine.prepare(facts_cohort(1_500), RULES, groups=GROUPS, quota=QUOTA, seed=4)


@pytest.fixture(scope="module")
def literal(engine: Engine) -> Literal:
    """Hold what the engine is compared with."""
    return Literal(engine, quota=QUOTA, lots=lots(4, 1_500))


def changing(*changes: dict[str, Any], quota: int = QUOTA) -> Draws:
    """Give draws that change rules alone."""
    return Draws(
        np.full((len(changes), NINE), UNIT, dtype=np.int32), np.full(len(changes), quota), tuple(changes)
    )


def test_every_path_that_facts_can_bear_is_tried() -> None:
    """No value of the schema that needs no histories and can be changed is left out below."""
    fixed = {"annex"}
    single = {path for path, one in PARAMETERS.items() if len(one.choices) == 1}
    months = {path for path, one in PARAMETERS.items() if one.kind == "month"}
    free = {path for path, one in PARAMETERS.items() if not one.needs_histories and one.kind not in fixed}
    assert free - single - months - BY_LEVEL == set(PATHS) - {AWARD}


@pytest.mark.parametrize("path", PATHS)
def test_each_path_alone(engine: Engine, literal: Literal, path: str) -> None:
    """A changed value reaches every item, code and condition that hangs on it."""
    many = changing(*({path: value} for value in values(path)))
    assert told(engine.run(many)) == literal.answer(many)


def test_rising_retirement_ages(engine: Engine, literal: Literal) -> None:
    """Values that matter only under another changed value are not lost."""
    rises = {"eligibility.retirement.rises_from": np.datetime64("2019-01-01").item()}
    born = np.datetime64("1950-01-01").item()
    many = changing(
        *(
            {**rises, f"eligibility.retirement.{group}.rises_for_births_after": born}
            for group in ("men", "women_workers", "women_cadres")
        ),
        {**rises, "eligibility.retirement.men.highest_age": 70},
    )
    assert told(engine.run(many)) == literal.answer(many)


def test_points_by_level_of_award(engine: Engine, literal: Literal) -> None:
    """Points by level take the place of each award's own, and come for all levels at once."""
    many = changing(*(dict.fromkeys(BY_LEVEL, 1 + number) for number in range(3)))
    assert told(engine.run(many)) == literal.answer(many)


def drawn(paths: list[str], draws: int, seed: int) -> tuple[dict[str, Any], ...]:
    """Draw for each draw a value of some of the paths, or none."""
    random = np.random.default_rng(seed)
    pools = {path: [None, *values(path)] for path in paths}
    picks = [{path: pool[random.integers(len(pool))] for path, pool in pools.items()} for _ in range(draws)]
    return tuple({path: value for path, value in pick.items() if value is not None} for pick in picks)


@settings(max_examples=8)
@given(
    paths=st.lists(st.sampled_from(PATHS), min_size=1, max_size=6, unique=True),
    draws=st.sampled_from([3, 60, 100]),
    spread=st.sampled_from([0.0, 0.3]),
    share=st.booleans(),
    seed=st.integers(0, 2**32 - 1),
)
def test_equals_scoring_anew(
    engine: Engine, literal: Literal, paths: list[str], draws: int, spread: float, share: bool, seed: int
) -> None:
    """Any rules, weights, quotas and shares together give what scoring and a sort give."""
    plain = around(draws, seed=seed, spread=spread, quotas=[1, 70, QUOTA, 90, 1_400])
    applies = np.random.default_rng(seed).uniform(0.8, 1, draws) if share else None
    many = Draws(plain.weights, plain.quota, drawn(paths, draws, seed), applies)
    assert told(engine.run(many)) == literal.answer(many)


def test_many_draws_of_rates(engine: Engine, literal: Literal) -> None:
    """Rates drawn to the hundredth, together with a ladder and a condition, are exact in a long sweep."""
    random = np.random.default_rng(3)
    ladders = [RULES["age.ladder"], *VALUES["age.ladder"]]
    changes = [
        {
            "employment.points_per_year": Decimal(int(random.integers(200, 400))) / 100,
            "residence.other_home_points_per_year": Decimal(int(random.integers(0, 100))) / 100,
            "education.points.doctor": int(random.integers(20, 50)),
            "age.ladder": ladders[random.integers(3)],
            "eligibility.continuous_months": int(random.choice([60, 84, 96])),
        }
        for _ in range(150)
    ]
    many = changing(*changes)
    assert told(engine.run(many)) == literal.answer(many)


def test_draws_with_and_without_changes(engine: Engine, literal: Literal) -> None:
    """Draws that change rules and draws that do not keep their places."""
    plain = around(130, seed=1, spread=0.2, quotas=[70, QUOTA])
    changes = tuple({"age.as_of": "12-31"} if draw % 3 == 0 else {} for draw in range(130))
    many = Draws(plain.weights, plain.quota, changes)
    assert told(engine.run(many)) == literal.answer(many)


def test_a_value_spent_in_making_facts_is_refused(engine: Engine) -> None:
    """What facts were counted with cannot be changed on facts."""
    with pytest.raises(EngineError, match=r"job_housing_area\.counting_from was spent in making facts"):
        engine.run(changing({"job_housing_area.counting_from": np.datetime64("2017-01-01").item()}))


def test_an_unknown_path_is_refused_with_the_nearest(engine: Engine) -> None:
    """A misspelt path names the one that was probably meant."""
    with pytest.raises(UnknownName, match=r"did you mean employment\.points_per_year"):
        engine.run(changing({"employment.point_per_year": 3}))


def test_a_value_the_law_cannot_bear_is_refused_with_its_draw(engine: Engine) -> None:
    """A rate below 0 in one draw of many is an error that names the draw."""
    with pytest.raises(RulebookError, match=r"draw 2: employment\.points_per_year: -1 is below 0"):
        engine.run(changing({}, {"employment.points_per_year": 3}, {"employment.points_per_year": -1}))


def test_a_value_that_nothing_reads_is_checked_too(engine: Engine) -> None:
    """A wrong value is refused even where no score hangs on it."""
    with pytest.raises(RulebookError, match=r"draw 0: ranking\.order: 'lowest' is none of"):
        engine.run(changing({"ranking.order": "lowest"}))


def test_values_that_do_not_go_together_are_refused(engine: Engine) -> None:
    """Points by level come for all levels of award or for none."""
    with pytest.raises(RulebookError, match=r"draw 1: innovation\.points_by_level has no value for"):
        engine.run(changing({}, {"innovation.points_by_level.national": 9}))


def test_rules_cannot_be_changed_on_points() -> None:
    """Points are results of rules, so that only weights and quotas can vary."""
    engine = Engine.prepare(points_cohort(50, seed=1), RULES, quota=5)
    with pytest.raises(EngineError, match=r"draw 1: .* holds points"):
        engine.run(changing({}, {"employment.points_per_year": 3}))
