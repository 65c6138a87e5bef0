"""A rulebook with a tenth indicator: its points count, its rates are levers, its weight is no lever."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import scoring
from simulate import sensitivity
from simulate.sensitivity import Study
from synthetic_data.population import facts
from tests.simulate.sensitivity.pools import ROUND, RULES

WITH_SERVICE = RULES.changed(
    {
        "added.service.title": "志愿服务",
        "added.service.title_en": "Volunteering",
        "added.service.column": "service_years",
        "added.service.points_each": 2,
    }
)


@pytest.fixture(scope="module")
def study() -> Study:
    """Prepare three hundred people, some of whom have served up to four years."""
    people = facts(RULES, round_year=ROUND, size=300, seed=1)
    served = pl.Series("service_years", np.random.default_rng(1).integers(0, 5, 300))
    cohort = scoring.Cohort.from_frame(people.with_columns(served), rules=WITH_SERVICE, round_year=ROUND)
    return sensitivity.study(cohort, WITH_SERVICE, quota=30)


def test_its_points_have_a_share_of_the_variance(study: Study) -> None:
    """Ten shares, the tenth its own, sum to one."""
    pool = sensitivity.variance_shares(study).filter(population="pool")
    assert pool["indicator"].to_list()[-1] == "service"
    assert pool["share"].sum() == pytest.approx(1)
    assert pool["share"].to_list()[-1] > 0


def test_the_nine_are_moved_with_it_in_the_total(study: Study) -> None:
    """Without employment the cutoff is that of the other nine columns' sum, ranked."""
    told = sensitivity.leave_one_out(study, replicates=20).outcomes.row(0, named=True)
    rest = np.sort((study.totals - study.points[:, 0])[study.pool])[::-1]
    assert told["cutoff"] == rest[29] / 100
    assert told["cutoff_change_low"] <= told["cutoff_change"] <= told["cutoff_change_high"]


def test_it_is_left_out_and_raised_like_the_nine(study: Study) -> None:
    """Without service the cutoff is that of the nine, ranked; a point more goes to whoever has served."""
    effects = sensitivity.leave_one_out(study, replicates=20)
    told = effects.outcomes.row(-1, named=True)
    nine = np.sort(study.points[:, :9].sum(axis=1)[study.pool])[::-1]
    assert (told["indicator"], told["weight"], told["cutoff"]) == ("service", 0, nine[29] / 100)
    below = study.points[study.admitted, :9].sum(axis=1) < (study.cutoff or 0)
    assert told["below_old_cutoff"] == below.sum() > 0
    assert told["cutoff_change_low"] <= told["cutoff_change"] <= told["cutoff_change_high"]
    more = sensitivity.one_point_more(study).outcomes.row(-1, named=True)
    raised = study.totals + 100 * (study.points[:, 9] > 0)
    assert (more["indicator"], more["cutoff"]) == ("service", np.sort(raised[study.pool])[::-1][29] / 100)
    by_indicator = sensitivity.overview(study, sensitivity.Settings(replicates=0, draws=2)).by_indicator()
    assert by_indicator["indicator"].to_list()[-1] == "service"
    assert by_indicator["cutoff_down"].to_list()[-1] is None


def test_its_rate_is_a_lever(study: Study) -> None:
    """Two points a year of service can move as far as the first hundredth that scores others in."""
    frame = sensitivity.rate_atlas(study, levers=["added.service.points_each"])
    up = frame.filter(side="up")
    for hundredths, same in (
        (round(up["end"].item() * 100), True),
        (round(up["end"].item() * 100) + 1, False),
    ):
        rules = WITH_SERVICE.changed({"added.service.points_each": hundredths / 100})
        scored = scoring.score(study.engine.cohort, rules, quota=30)
        assert (scored.frame["admitted"].to_list() == study.admitted.tolist()) is same


def test_weights_leave_it_alone(study: Study) -> None:
    """The atlas of weights has the nine, and each end is where its line meets another's, service included."""
    frame = sensitivity.weight_atlas(study)
    assert frame.height == 18
    assert frame["overtaking"].null_count() < 18
