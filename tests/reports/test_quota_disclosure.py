"""A quota curve for anyone to read: no step and no level between two quotas counts too few."""

import numpy as np
import polars as pl
import pytest

from reports.disclosure import quota as disclosure
from simulate.quota import quota_curve
from tests.reports.rounds import drawn, scored


@pytest.fixture(scope="module")
def told():  # type: ignore[no-untyped-def]
    """Count a round of 400 in five areas, one of them tiny."""
    areas = (["north"] * 150 + ["south"] * 120 + ["west"] * 80 + ["east"] * 44 + ["island"] * 6)[:400]
    random = np.random.default_rng(3)
    areas = random.permutation(areas).tolist()
    return quota_curve(scored(drawn(400, area=areas), quota=0), groups=["area", "age_band"])


def test_quotas_too_close_to_each_other_are_left_out(told) -> None:  # type: ignore[no-untyped-def]
    """Between any two quotas that are told, and beyond the last, lie ten people or nobody."""
    kept = disclosure.curve(told.at([0, 3, 60, 62, 65, 120, 395, 400, 500]), threshold=10).frame
    assert kept["quota"].to_list() == [60, 120, 400]
    assert "tied" not in kept.columns
    assert np.diff([0, *kept["admitted"].to_list()]).min() >= 10


def test_a_slope_on_few_people_is_hidden(told) -> None:  # type: ignore[no-untyped-def]
    """Where fewer than ten people stand within a point, the slope is not told."""
    frame = told.at([60, 120, 400])
    kept = disclosure.curve(frame, threshold=10)
    for shown, exact in zip(kept.frame["people_per_point"], frame["people_per_point"], strict=True):
        assert shown == (exact if exact >= 10 else None)
    assert kept.hidden == sum(value < 10 for value in frame["people_per_point"])


@pytest.mark.parametrize(("group", "ordered"), [("area", False), ("age_band", True)])
@pytest.mark.parametrize("quotas", [[100, 200], [60, 120, 180, 240]])
def test_no_level_counts_few_between_two_quotas(told, group: str, ordered: bool, quotas: list[int]) -> None:  # type: ignore[no-untyped-def]
    """Every difference that a reader can form of a level, and of all levels, counts ten people or more."""
    frame = told.groups_at(quotas).filter(pl.col("group") == group)
    kept = disclosure.group_rates(frame, ordered=ordered, threshold=10).frame
    assert kept.height
    for _, level in kept.group_by("levels", maintain_order=True):
        steps = np.diff([0, *level["admitted"].to_list(), level["pool"][0]])
        assert steps.min() >= 10
    sums = kept.group_by("quota").agg(pl.col("admitted").sum(), pl.col("pool").sum()).sort("quota")
    exact = frame.group_by("quota").agg(pl.col("admitted").sum(), pl.col("pool").sum()).sort("quota")
    assert sums.equals(exact)


def test_levels_in_order_are_joined_with_neighbours(told) -> None:  # type: ignore[no-untyped-def]
    """Age bands that are joined stand next to each other, and nothing is called others."""
    frame = told.groups_at([60, 120, 180, 240]).filter(pl.col("group") == "age_band")
    kept = disclosure.group_rates(frame, ordered=True, threshold=10).frame
    assert not kept["other"].any()
    order = frame["level"].unique(maintain_order=True).to_list()
    joined = kept["levels"].unique(maintain_order=True).to_list()
    assert [level for levels in joined for level in levels] == order


def test_nothing_is_told_where_all_are_few(told) -> None:  # type: ignore[no-untyped-def]
    """With more asked of a cell than all people together there is no row."""
    frame = told.groups_at([200]).filter(pl.col("group") == "area")
    assert disclosure.group_rates(frame, ordered=False, threshold=300).frame.is_empty()
