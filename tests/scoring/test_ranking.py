"""The one-page spec of ranking: its worked examples, and a literal ranking beside the counting one."""

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import scoring
from scoring.errors import RankingError
from scoring.ranking import Ranking, TotalCounts, rank
from tests.oracle.ranks import rank_literally

SPEC = Path(scoring.__file__).with_name("ranking.md")
HEAD = "| case | applicants | quota | ranks | cutoff | admitted | tied at cutoff |"

# Totals in hundredths and eligibility: close together, so that ties are common; negative ones too.
totals = st.integers(-40, 40) | st.integers(-9_000, 15_000)
pools = st.lists(st.tuples(totals, st.booleans()), max_size=60)
quotas = st.integers(0, 70)

Pool = list[tuple[int, bool]]


@dataclass(frozen=True)
class Example:
    """Hold one line of the worked examples."""

    case: str
    pool: Pool
    quota: int
    ranks: list[int | None]
    cutoff: Decimal | None
    admitted: int
    tied_at_cutoff: int


def read_example(line: str) -> Example:
    """Read one line of the table; ``!`` marks the ineligible, ``-`` stands for none."""
    case, applicants, quota, ranks, cutoff, admitted, tied = (cell.strip() for cell in line.split("|")[1:-1])
    return Example(
        case=case,
        pool=[(int(Decimal(one.rstrip("!")) * 100), not one.endswith("!")) for one in applicants.split()],
        quota=int(quota),
        ranks=[None if one == "-" else int(one) for one in ranks.split()],
        cutoff=None if cutoff == "-" else Decimal(cutoff),
        admitted=int(admitted),
        tied_at_cutoff=int(tied),
    )


def examples() -> list[Example]:
    """Read the table of worked examples."""
    _, found, table = SPEC.read_text("utf-8").partition(HEAD)
    assert found, "the table of worked examples has another head"
    return [read_example(line) for line in table.strip().splitlines() if not re.fullmatch(r"[-|]+", line)]


def counted(pool: Pool) -> TotalCounts:
    """Count a pool as one part."""
    return TotalCounts.of([arrays(pool)])


def arrays(pool: Pool) -> tuple[np.ndarray, np.ndarray]:
    """Put a pool into the two arrays that are counted."""
    return (
        np.array([total for total, _ in pool], dtype=np.int32),
        np.array([eligible for _, eligible in pool], dtype=bool),
    )


def ranked(pool: Pool, quota: int) -> Ranking:
    """Rank a pool."""
    return rank(counted(pool), applicants=len(pool), quota=quota)


def ranks_of(pool: Pool) -> list[int | None]:
    """Look every applicant's rank up."""
    counts = counted(pool)
    ranks = counts.ranks()
    return [int(ranks[total - counts.lowest]) if eligible else None for total, eligible in pool]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.case)
def test_worked_example(example: Example) -> None:
    """Each worked example of the spec comes out as the spec says."""
    ranking = ranked(example.pool, example.quota)
    assert ranks_of(example.pool) == example.ranks
    assert ranking == Ranking(
        applicants=len(example.pool),
        eligible=sum(eligible for _, eligible in example.pool),
        quota=example.quota,
        cutoff=example.cutoff,
        admitted=example.admitted,
        tied_at_cutoff=example.tied_at_cutoff,
    )


def test_the_spec_settles_every_edge() -> None:
    """Quota 0, above the pool, nobody eligible, nobody at all, all tied and negative totals have examples."""
    seen = examples()
    assert any(example.quota == 0 for example in seen)
    assert any(example.pool and example.quota > len(example.pool) for example in seen)
    assert any(example.pool and not any(eligible for _, eligible in example.pool) for example in seen)
    assert any(not example.pool for example in seen)
    assert any(len(example.pool) > 1 and example.admitted == example.tied_at_cutoff > 1 for example in seen)
    assert any(total < 0 for example in seen for total, _ in example.pool)
    assert len({example.case for example in seen}) == len(seen)


@given(pools, quotas)
def test_counting_agrees_with_sorting(pool: Pool, quota: int) -> None:
    """Ranks, cutoff and admission by counting are those of a plain sorted list."""
    literal = rank_literally([total for total, _ in pool], [may for _, may in pool], quota=quota)
    ranking = ranked(pool, quota)
    cutoff = None if ranking.cutoff is None else int(ranking.cutoff * 100)
    assert ranks_of(pool) == literal.ranks
    assert (cutoff, ranking.admitted, ranking.tied_at_cutoff, ranking.applicants, ranking.eligible) == (
        literal.cutoff,
        literal.admitted_count,
        literal.tied_at_cutoff,
        literal.applicants,
        literal.eligible,
    )


@given(pools, quotas)
def test_a_higher_quota_never_raises_the_cutoff(pool: Pool, quota: int) -> None:
    """One more place lowers the cutoff or leaves it, and never puts anybody out."""
    fewer, more = ranked(pool, quota), ranked(pool, quota + 1)
    assert fewer.admitted <= more.admitted
    if fewer.cutoff is not None:
        assert more.cutoff is not None
        assert more.cutoff <= fewer.cutoff


@given(pools, quotas)
def test_the_quota_lies_between_those_above_the_cutoff_and_those_at_it(pool: Pool, quota: int) -> None:
    """Fewer than the quota lie above the cutoff; as many or more reach it, unless the pool is smaller."""
    ranking = ranked(pool, quota)
    if ranking.cutoff is not None:
        assert ranking.admitted - ranking.tied_at_cutoff < quota
        assert ranking.admitted >= min(quota, ranking.eligible)
        assert ranking.tied_at_cutoff >= 1


@given(pools, quotas, st.integers(1, 60), st.integers(0, 60))
def test_counts_of_parts_add_up(pool: Pool, quota: int, size: int, where: int) -> None:
    """Parts counted in one go, or apart and then added in any order, rank like the whole."""
    parts = [arrays(pool[start : start + size]) for start in range(0, len(pool), size)]
    left, right = counted(pool[:where]), counted(pool[where:])
    whole = ranked(pool, quota)
    for counts in (TotalCounts.of(parts), left + right, right + left):
        assert rank(counts, applicants=len(pool), quota=quota) == whole
        assert counts.lowest == counted(pool).lowest
        assert counts.counts.tolist() == counted(pool).counts.tolist()


@given(st.data(), pools, quotas)
def test_row_order_never_matters(data: st.DataObject, pool: Pool, quota: int) -> None:
    """Shuffled applicants keep their ranks, and the round ends the same."""
    order = data.draw(st.permutations(range(len(pool))))
    shuffled = [pool[i] for i in order]
    ranks = ranks_of(pool)
    assert ranked(shuffled, quota) == ranked(pool, quota)
    assert ranks_of(shuffled) == [ranks[i] for i in order]


@given(pools, quotas, st.integers(2, 7), st.integers(-500, 500))
def test_scaled_and_shifted_totals_admit_the_same(pool: Pool, quota: int, scale: int, shift: int) -> None:
    """Scaling all totals, or giving everybody as much more, moves the cutoff alone."""
    moved = [(total * scale + shift, eligible) for total, eligible in pool]
    before, after = ranked(pool, quota), ranked(moved, quota)
    assert ranks_of(moved) == ranks_of(pool)
    assert (after.admitted, after.tied_at_cutoff) == (before.admitted, before.tied_at_cutoff)
    if before.cutoff is not None:
        assert after.cutoff == before.cutoff * scale + Decimal(shift) / 100


def test_everybody_is_eligible_where_nothing_says_otherwise() -> None:
    """A points cohort, which knows no eligibility, is counted whole."""
    totals = np.array([9000, 8000, 8000], dtype=np.int32)
    ranking = rank(TotalCounts.of([(totals, None)]), applicants=3, quota=2)
    assert (ranking.eligible, ranking.cutoff, ranking.admitted) == (3, Decimal("80.00"), 3)


def test_sixteen_bit_totals_do_not_overflow() -> None:
    """Totals at both ends of 16 bits are further apart than 16 bits count, and are ranked all the same."""
    pool = np.array([32_767, -32_768, 0], dtype=np.int16)
    counts = TotalCounts.of([(pool, np.array([True, True, True]))])
    assert [int(counts.ranks()[int(total) - counts.lowest]) for total in pool] == [1, 3, 2]
    assert rank(counts, applicants=3, quota=3).cutoff == Decimal("-327.68")


def test_the_cutoff_is_an_exact_decimal_with_two_places() -> None:
    """A cutoff reads as it is published: 97.10, not 97.1."""
    assert str(ranked([(9710, True)], 1).cutoff) == "97.10"
    assert str(ranked([(0, True)], 1).cutoff) == "0.00"
    assert str(ranked([(-5, True)], 1).cutoff) == "-0.05"


def test_only_admitted_says_whether_there_is_a_pool() -> None:
    """A cohort in which everybody is in holds no pool; one with somebody out, or with nobody, is not one."""
    assert ranked([(1, True), (2, True)], 2).only_admitted
    assert not ranked([(1, True), (2, True)], 1).only_admitted
    assert not ranked([(1, False), (2, True)], 2).only_admitted
    assert not ranked([], 2).only_admitted


def test_a_negative_quota_is_refused() -> None:
    """A quota below 0 is an error that says what a quota is."""
    with pytest.raises(RankingError) as refused:
        ranked([(9000, True)], -1)
    assert str(refused.value) == "quota = -1: a quota is a whole number of people, 0 or more"
