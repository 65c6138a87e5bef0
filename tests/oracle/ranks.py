"""Rank totals and admit by quota as Articles 10 and 13 say, in the most literal way."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class LiteralRanking:
    """Hold ranks and admission in the order of the applicants given, and what sums them up.

    Totals and ``cutoff`` are hundredths of a point; ``ranks`` has None where someone is not eligible.
    """

    ranks: list[int | None]
    admitted: list[bool]
    cutoff: int | None
    applicants: int
    eligible: int
    admitted_count: int
    tied_at_cutoff: int


def cutoff_of(eligible_totals: Sequence[int], *, quota: int) -> int | None:
    """Give the total at rank ``quota``, or the lowest of all when there are more places than people.

    第十条: 市人力资源社会保障局根据申请人积分情况，按分数由高到低确定年度落户人员……
    """
    if quota == 0 or not eligible_totals:
        return None
    in_order = sorted(eligible_totals, reverse=True)
    return in_order[min(quota, len(in_order)) - 1]


def rank_literally(totals: Sequence[int], eligible: Sequence[bool], *, quota: int) -> LiteralRanking:
    """Rank the eligible by total and admit everyone at or above the cutoff (同分同落).

    Ties share the best rank; no place that falls free is filled again.
    第十三条: 经核察取消积分落户资格，或申请人取得落户资格后自行放弃的，落户资格不递补。
    """
    if len(totals) != len(eligible) or quota < 0:
        raise ValueError("totals and eligible must be of one length, and the quota not negative")
    pool = [total for total, may in zip(totals, eligible, strict=True) if may]
    best_rank: dict[int, int] = {}
    for position, total in enumerate(sorted(pool, reverse=True), start=1):
        best_rank.setdefault(total, position)
    cutoff = cutoff_of(pool, quota=quota)
    admitted = [
        may and cutoff is not None and total >= cutoff for total, may in zip(totals, eligible, strict=True)
    ]
    return LiteralRanking(
        ranks=[best_rank[total] if may else None for total, may in zip(totals, eligible, strict=True)],
        admitted=admitted,
        cutoff=cutoff,
        applicants=len(totals),
        eligible=len(pool),
        admitted_count=sum(admitted),
        tied_at_cutoff=0 if cutoff is None else pool.count(cutoff),
    )
