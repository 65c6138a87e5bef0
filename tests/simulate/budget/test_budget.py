"""The budget of a cohort: held against runs by hand, and an empty reform of exactly no effect."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import scoring
from scoring.errors import UnknownName
from simulate.budget import SOURCES, Behaviour, BudgetError, Policy, Sources, budget, populations
from synthetic_data.population import Parameters
from tests.simulate.engine.cohorts import RULES, facts_cohort, points_cohort
from tests.simulate.sensitivity.pools import ROUND, ten

BEHAVIOURS = (Behaviour(), Behaviour(0.8, 0.1, 0.01, 0.5), Behaviour(0.6, 0.2, 0.02, 1.0))
POLICIES = (Policy(), Policy(weights={"age": 0.5}), Policy(quota=30))


def test_one_run_of_everything_is_the_cohort_as_it_is() -> None:
    """Without anything that varies there is one number each, and no share of nothing."""
    told = budget(Sources([ten()], samples=1), RULES, quota=4, groups=["half"]).frame()
    assert told.filter(quantity="cutoff")["mean"].to_list() == [66.0] * 4
    assert told.filter(quantity="share", level="x")["mean"].to_list() == [0.5] * 4
    assert told["variance_share"].null_count() == told.height
    assert told["source"].unique(maintain_order=True).to_list() == list(SOURCES)


def test_policy_alone_is_answered_by_scoring_each() -> None:
    """Three quotas give three cutoffs; all of the variance is policy's, and it is theirs."""
    policies = [Policy(quota=quota) for quota in (3, 4, 6)]
    told = (
        budget(Sources([ten()], samples=1, policies=policies), RULES, quota=4)
        .frame()
        .filter(quantity="cutoff")
    )
    assert told["mean"][0] == pytest.approx((68 + 66 + 64) / 3)
    assert told.filter(source="policy")["variance"].item() == pytest.approx(4)
    assert told["variance_share"].to_list() == [0, 0, 0, 1]
    assert told.filter(pl.col("assumed"))["source"].to_list() == ["behaviour", "policy"]


def test_withdrawals_are_not_refilled() -> None:
    """A tenth who withdraw leave nine tenths settled and the cutoff where it was."""
    sources = Sources([ten()], samples=1, behaviours=[Behaviour(withdraws=share) for share in (0, 0.1, 0.5)])
    told = budget(sources, RULES, quota=4).frame()
    assert told.filter(quantity="settled")["mean"][0] == pytest.approx(4 * (1 + 0.9 + 0.5) / 3)
    assert told.filter(quantity="cutoff")["deviation"][0] == 0


def test_lapses_and_children_make_the_people_who_settle() -> None:
    """Of four a fifth are lost; with none, one and two children a settler is one, two or three people."""
    behaviours = [Behaviour(withdraws=0.1, lapses=0.1, children=number) for number in (0, 1, 2)]
    told = budget(Sources([ten()], samples=1, behaviours=behaviours), RULES, quota=4).frame()
    assert told.filter(quantity="settled")["mean"][0] == pytest.approx(3.2)
    people = told.filter(quantity="population")
    assert people["mean"][0] == pytest.approx(6.4)
    assert people["deviation"][0] == pytest.approx(3.2)
    assert dict(people.select("source", "variance_share").iter_rows())["behaviour"] == pytest.approx(1)
    assert (
        "population" not in budget(Sources([ten()], samples=1), RULES, quota=4).frame()["quantity"].to_list()
    )


def test_children_are_those_of_the_admitted() -> None:
    """Where a cohort says how many everybody has, they are summed over whom scoring admits."""
    cohort = facts_cohort(300)
    found = budget(Sources([cohort], samples=1), RULES, quota=40, groups=["sex"])
    admitted = scoring.score(cohort, RULES, quota=40).frame["admitted"]
    children = cohort.frame["minor_children"].filter(admitted).to_list()
    told = found.frame()
    assert told.filter(quantity="population")["mean"][0] == pytest.approx(len(children) + sum(children))
    assert set(told["group"].drop_nulls()) == {"sex"}


@pytest.mark.parametrize("reform", [Policy(), Policy(changes={"honours.points": 20})])
def test_an_empty_reform_has_exactly_no_effect(reform: Policy) -> None:
    """On the same resamples, populations, behaviours and policies, nothing changed is exactly nothing."""
    sources = Sources(
        [facts_cohort(200, seed) for seed in (1, 2, 3)], samples=3, behaviours=BEHAVIOURS, policies=POLICIES
    )
    found = budget(sources, RULES, quota=20, groups=["sector"], reform=reform)
    assert found.effects is not None
    assert (found.effects == 0).all()
    effect = found.frame().filter(of="effect")
    assert (effect["mean"] == 0).all()
    assert effect["variance_share"].null_count() == effect.height


def test_every_cell_is_the_cohort_scored() -> None:
    """A cell of one population and one policy, resampled or not, has the cutoff that scoring gives."""
    sources = Sources([facts_cohort(300, seed) for seed in (1, 2, 3)], samples=1, policies=POLICIES)
    found = budget(sources, RULES, quota=25)
    for population, cohort in enumerate(sources.populations):
        for policy, quota in ((0, 25), (2, 30)):
            cutoff = scoring.score(cohort, RULES, quota=quota).ranking.cutoff
            assert cutoff is not None
            assert found.values[0, population, 0, policy, 0] == float(cutoff)


def test_parameters_of_the_population_are_a_source() -> None:
    """Equal parameters give equal cohorts, and nothing is the population's; homes raise the cutoff."""
    plain = Parameters.load()
    buys = [plain.with_values({"home.buys": share}) for share in (0.3, 0.6, 0.9)]
    same, other = (
        populations(sets, RULES, round_year=ROUND, size=300, seed=1) for sets in ([plain] * 3, buys)
    )
    none, some = (budget(Sources(each, samples=1), RULES, quota=30) for each in (same, other))
    assert none.frame()["variance_share"].null_count() == none.frame().height
    cutoffs = some.values[0, :, 0, 0, 0]
    assert cutoffs[0] < cutoffs[2]
    shares = some.frame().filter(quantity="cutoff")
    assert dict(shares.select("source", "variance_share").iter_rows())["population"] == 1


def test_sampling_is_what_resampling_gives() -> None:
    """The budget's deviation from sampling is that of the cutoffs of as many resamples."""
    cohort = points_cohort(400, seed=5)
    found = budget(Sources([cohort], samples=40), RULES, quota=40, seed=2)
    cutoffs = found.values[:, 0, 0, 0, 0]
    told = found.frame().filter(quantity="cutoff", source="sampling")
    assert told["deviation"].item() == pytest.approx(np.std(cutoffs, ddof=1))
    totals = cohort.frame["total"].to_numpy()
    random = np.random.default_rng(9)
    others = [np.sort(random.choice(totals, 400))[-40] / 100 for _ in range(400)]
    assert np.std(cutoffs) == pytest.approx(np.std(others), rel=0.4)


def test_a_level_that_a_resample_lacks_has_no_share_in_it() -> None:
    """Sectors of one person come and go among resamples, and a budget has them all."""
    told = budget(Sources([facts_cohort(60)], samples=6), RULES, quota=10, groups=["sector"]).frame()
    assert set(told["level"].drop_nulls()) == set(facts_cohort(60).frame["sector"])
    shares = told.filter(source="sampling", quantity="share")
    assert shares["mean"].sum() == pytest.approx(1)


def test_the_same_seed_gives_the_same_budget() -> None:
    """Resamples and lots hang on the seed alone."""
    sources = Sources([facts_cohort(200)], samples=4, behaviours=BEHAVIOURS)
    first, again, other = (budget(sources, RULES, quota=20, seed=seed).values for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_what_cannot_be_is_refused() -> None:
    """Two levels, no population, a share above 1 and a misspelt indicator are errors that say which."""
    with pytest.raises(BudgetError, match="sampling: 2 levels"):
        Sources([ten()], samples=2)
    with pytest.raises(BudgetError, match="population: 0 levels"):
        Sources([])
    with pytest.raises(BudgetError, match=r"applies = 1\.2"):
        Behaviour(applies=1.2)
    with pytest.raises(BudgetError, match="withdraws and lapses together"):
        Behaviour(withdraws=0.6, lapses=0.5)
    with pytest.raises(BudgetError, match="children = -1"):
        Behaviour(children=-1)
    with pytest.raises(UnknownName, match="did you mean age"):
        Policy(weights={"agee": 1})
