"""The engine's steps one by one, each against plain arithmetic."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulate.engine import blas
from simulate.engine.brute import at_rank
from simulate.engine.field import Field
from simulate.engine.newton import step
from simulate.engine.packed import Packed
from simulate.engine.points import alike
from simulate.engine.predict import predict
from simulate.engine.presence import Condition, Presence
from simulate.engine.settle import Band, settle
from simulate.engine.weighted import Weighted

Rows = list[tuple[int, int]]


@given(
    rows=st.lists(st.tuples(st.integers(-(10**11), 10**11), st.integers(0, 4)), min_size=1),
    data=st.data(),
)
def test_at_rank_is_a_sort(rows: Rows, data: st.DataObject) -> None:
    """The total at a rank is that of everyone written out and sorted; rows of nobody do not count."""
    ranked = sorted((total for total, size in rows for _ in range(size)), reverse=True)
    if ranked:
        rank = data.draw(st.integers(1, len(ranked)))
        totals, sizes = np.array(rows, dtype=np.int64).T
        assert at_rank(totals, sizes, rank) == ranked[rank - 1]


@given(
    draws=st.lists(
        st.tuples(
            st.lists(st.tuples(st.integers(-6, 6), st.integers(1, 3)), max_size=12), st.integers(1, 12)
        ),
        min_size=1,
        max_size=5,
    ),
    band=st.integers(0, 7),
)
def test_settle_is_a_sort_within_its_band(draws: list[tuple[Rows, int]], band: int) -> None:
    """Entries within a band give the cutoff, the tied and who moves, or the cutoff is not there."""
    entries = [
        (draw, row, score, size)
        for draw, (rows, _) in enumerate(draws)
        for row, (score, size) in enumerate(rows)
        if abs(score) <= band
    ]
    columns = np.array(entries, dtype=np.int64).reshape(-1, 4).T
    at_guess = np.array([sum(size for score, size in rows if score >= 0) for rows, _ in draws])
    settled = settle(Band(*columns), at_guess, np.array([quota for _, quota in draws]))
    for draw, (rows, quota) in enumerate(draws):
        ranked = sorted((score for score, size in rows for _ in range(size)), reverse=True)
        cutoff = ranked[quota - 1] if quota <= len(ranked) else None
        if cutoff is None or abs(cutoff) > band:
            assert not settled.found[draw]
            continue
        assert settled.found[draw]
        assert settled.cutoff[draw] == cutoff
        assert settled.tied[draw] == ranked.count(cutoff)
        own = settled.moved_draw == draw
        moved = dict(zip(settled.moved_row[own].tolist(), settled.sign[own].tolist(), strict=True))
        expected = {
            row: 1 if score < 0 else -1
            for row, (score, _) in enumerate(rows)
            if (score >= 0) != (score >= cutoff)
        }
        assert moved == expected


def weighted(seed: int) -> Weighted:
    """Draw points of forty rows and the weights of thirty draws."""
    random = np.random.default_rng(seed)
    columns = random.integers(-3000, 6000, (9, 40)).astype(np.float64)
    return Weighted(columns, random.integers(0, 3000, (30, 9), dtype=np.int32))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("condensed", [False, True])
def test_a_lens_forms_every_score_within_its_bounds(condensed: bool, seed: int) -> None:
    """Scores are the totals less pivot and shift, exactly, and none is outside its row's bounds."""
    scorer = weighted(seed).condensed() if condensed else weighted(seed)
    draws, shift = np.array([3, 4, 9, 29]), np.array([-7, 0, 12_345, 10**6])
    lens = scorer.lens(draws, np.array([0, 5, 6]))
    totals = np.column_stack([scorer.totals(int(draw)) for draw in draws])
    low, high = lens.bounds()
    above = totals - lens.origin()
    assert (low <= above.min(axis=1)).all()
    assert (above.max(axis=1) <= high).all()
    scores = lens.scores(shift)
    block = np.empty((40, 4), dtype=scores.kind)
    for part in (slice(0, 13), slice(13, 40)):
        scores.fill(part, block[part])
    assert block.tolist() == (above - shift).tolist()
    some = np.array([1, 2, 30])
    for own, bound in zip(lens.narrowed(some).bounds(), (low, high), strict=True):
        assert np.allclose(own, bound[some], rtol=1e-4)
    assert scorer.narrowed(some).totals(4).tolist() == scorer.totals(4)[some].tolist()
    assert scorer.some(draws).totals(2).tolist() == scorer.totals(9).tolist()
    assert np.allclose(scorer.middle(draws), totals.mean(axis=1))


def test_float32_is_left_where_it_would_round() -> None:
    """Scores that a float32 does not hold are formed in float64."""
    heavy = Weighted(np.full((9, 2), 9_000.0) * [1, 2], np.full((3, 9), 10**6, dtype=np.int32))
    light = Weighted(heavy.columns, np.full((3, 9), 10, dtype=np.int32))
    kinds = [
        one.lens(np.arange(3), np.arange(1)).scores(np.zeros(3, dtype=np.int64)).kind
        for one in (heavy, light)
    ]
    assert kinds == [np.float64, np.float32]


@pytest.mark.parametrize("reach", [1, 5_000, 60_000, 10**8])
def test_a_step_sets_aside_who_is_farther_than_the_reach_in_all_draws(reach: int) -> None:
    """Nobody within the reach in some draw is set aside, and whoever is not is, by the scores themselves."""
    random = np.random.default_rng(reach)
    columns = random.integers(0, 300, (9, 500)).astype(np.float64)
    scorer = Weighted(columns, random.integers(1000, 1048, (400, 9), dtype=np.int32))
    rows, draws = np.arange(500), np.arange(400)
    presence = Presence(
        (Condition(np.ones((1, 500), dtype=bool), np.zeros(400, dtype=np.intp)),), rows.astype(float), None
    )
    field = Field(scorer, rows, np.ones(500, dtype=np.int64), 500, presence, np.full(400, 250))
    totals = np.column_stack([scorer.totals(draw) for draw in range(400)])
    above = totals - np.median(totals, axis=0).astype(np.int64)
    lens = field.lens(draws, float(totals.mean()))
    shift = np.median(totals, axis=0).astype(np.int64) - lens.origin()
    found = step(field, lens.scores(shift, room=reach), draws=draws, inside=0, reach=reach)
    assert found.above.tolist() == (above >= reach).all(axis=1).tolist()
    assert found.below.tolist() == (above <= -reach).all(axis=1).tolist()


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("most", [1, 300, 150_000])
def test_packed_levels_come_apart_again(kind: type[np.floating], most: int) -> None:
    """People counted by level in few floats are those counted level by level, empty levels included."""
    random = np.random.default_rng(most)
    members = random.integers(0, most + 1, (100, 43)) * (random.random(43) < 0.8)
    packed = Packed.of(members.astype(kind))
    chosen = random.random((100, 7)) < 0.5
    chosen[:, 0] = True
    assert packed.columns.dtype == kind
    assert packed.columns.shape[1] < 43
    sums = packed.columns.T @ chosen.astype(kind)
    assert packed.unpacked(sums).tolist() == (members.T @ chosen).T.tolist()
    rows = np.array([1, 5, 99])
    assert packed.people(rows).tolist() == members[rows].sum(axis=0).tolist()


def test_a_quadratic_is_predicted_from_its_pilots() -> None:
    """What is quadratic in the coordinates is predicted as it is; a constant coordinate does no harm."""
    random = np.random.default_rng(1)
    told = np.column_stack([random.uniform(0, 9, (300, 3)), np.ones(300)])
    truth = 5 + 2 * told[:, 0] - told[:, 1] * told[:, 2] + 0.5 * told[:, 1] ** 2
    fit = predict(told, np.arange(0, 300, 7), truth[::7])
    assert np.allclose(fit.values, truth, atol=1e-3)
    assert fit.error < 1e-3


def test_a_quadratic_in_a_few_of_many_coordinates_is_predicted() -> None:
    """Pilots too few for all products of twenty coordinates are enough for those of the strongest."""
    random = np.random.default_rng(2)
    told = random.uniform(-1, 1, (2_000, 20))
    truth = (
        told @ np.linspace(0.01, 0.2, 20) + 30 * told[:, 4] + 20 * told[:, 9] + 8 * told[:, 4] * told[:, 9]
    )
    fit = predict(told, np.arange(0, 2_000, 20), truth[::20])
    assert np.allclose(fit.values, truth, atol=0.01)
    assert fit.error < 0.01


def test_the_error_of_a_prediction_is_that_of_draws_left_out() -> None:
    """Noise of the pilots comes back as the error, though a fit could follow it."""
    random = np.random.default_rng(1)
    told = random.uniform(-1, 1, (4_000, 8))
    fit = predict(told, np.arange(60), random.normal(0, 10, 4_000)[:60])
    assert 8 < fit.error < 13


def test_people_are_alike_if_no_column_tells_them_apart() -> None:
    """Equal rows get equal numbers, and other rows others."""
    numbers = alike([np.array([1, 1, 2, 1, 2]), np.array([7, 7, 7, 8, 7])])
    assert [numbers[0] == number for number in numbers] == [True, True, False, False, False]
    assert numbers[2] == numbers[4]
    assert numbers[3] not in numbers[[0, 2]]


def test_products_run_in_one_thread_and_threads_come_back() -> None:
    """Within the block OpenBLAS, where numpy has it, uses one thread; afterwards as many as before."""
    library = blas._openblas()
    if library is None:
        pytest.skip("numpy came with another BLAS")
    get, _ = library
    before = get()
    with blas.one_thread():
        assert get() == 1
    assert get() == before
