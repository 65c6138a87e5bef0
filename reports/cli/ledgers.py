"""The ledger of a reform in lines: cutoffs, who moved, by which part, between which groups, how surely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

    from scoring.rulebook import Language
    from simulate.displacement import Displacement

Frames = Mapping[str, "pl.DataFrame"]


def told(one: Displacement, language: Language, frames: Frames) -> Iterator[str]:
    """Yield a ledger in a few lines; *frames* may have intervals of several reforms, by title."""
    zh, title = language == "zh", one.reform.words(language)[0]
    cutoffs = [f"{place.cutoff}" if place.cutoff is not None else "—" for place in (one.before, one.after)]
    if zh:
        yield (
            f"{title}：分数线 {cutoffs[0]} → {cutoffs[1]}，落户 {one.before.admitted} →"
            f" {one.after.admitted} 人；新进 {one.entered} 人，退出 {one.left} 人"
        )
    else:
        yield (
            f"{title}: cutoff {cutoffs[0]} -> {cutoffs[1]}, admitted {one.before.admitted} ->"
            f" {one.after.admitted}; {one.entered} enter, {one.left} leave"
        )
    yield from _surety(_of(frames, "intervals", one), zh=zh)
    yield from _parts(one, language, _of(frames, "part_intervals", one))
    yield from _flows(one, language, _of(frames, "flow_intervals", one))


def _parts(one: Displacement, language: Language, ends: list[dict[str, Any]]) -> Iterator[str]:
    from scoring.reform.labels import section

    zh = language == "zh"
    if one.taken_together:
        yield (
            "  改动超过九项，九项指标以外的改动合并分摊："
            if zh
            else "  more than nine parts are changed; those beside the nine indicators are taken as one:"
        )
    sure = {(row["part"], row["quantity"]): row for row in ends if row["group"] is None}
    for row in one.parts.iter_rows(named=True):
        name = section(row["part"], one.reform.rules, language)
        enter, leave = (
            f"{row[side]:.1f}" + _between(sure.get((row["part"], side)), 1, zh=zh)
            for side in ("entered", "left")
        )
        yield (
            f"  {name}：新进 {enter}，退出 {leave}"
            if zh
            else f"  {name}: {enter} of those who enter, {leave} of those who leave"
        )


def _flows(one: Displacement, language: Language, ends: list[dict[str, Any]]) -> Iterator[str]:
    from reports.words import Words

    words, sure, zh = Words.load(language), ends or [{}] * one.flows.height, language == "zh"
    nobody, form = ("无对应", "  {}：{} → {}　{}人{}") if zh else ("nobody", "  {}: {} -> {}  {}{}")
    for (group, start, end, people, unmatched), row in zip(one.flows.iter_rows(), sure, strict=True):
        if start != end or unmatched:
            sides = [
                nobody if unmatched == name else words.level(group, side)
                for name, side in (("from", start), ("to", end))
            ]
            yield form.format(words.name("dimension", group), *sides, people, _between(row, 0, zh=zh))


def _surety(ends: list[dict[str, Any]], *, zh: bool) -> Iterator[str]:
    """Yield how sure the main numbers of a reform are."""
    rows = {row["quantity"]: row for row in ends if row["group"] is None}
    names = {
        "cutoff_change": ("分数线变动", "change of the cutoff"),
        "entered": ("新进", "enter"),
        "left": ("退出", "leave"),
    }
    for quantity, (chinese, english) in names.items():
        if row := rows.get(quantity):
            form = "{:.2f}" if quantity == "cutoff_change" else "{:.0f}"
            low, high = form.format(row["low"]), form.format(row["high"])
            yield (
                f"  {chinese}的95%区间：{low}至{high}"
                if zh
                else f"  {english}: {low} to {high} in 95 % of resamples"
            )


def _of(frames: Frames, name: str, one: Displacement) -> list[dict[str, Any]]:
    """Return the rows of one reform in a table; none where it was not made."""
    if name not in frames:
        return []
    return [row for row in frames[name].iter_rows(named=True) if row["reform"] == one.reform.title]


def _between(row: Mapping[str, Any] | None, digits: int, *, zh: bool) -> str:
    if not row or row["low"] is None:
        return ""
    low, high = (f"{row[end]:.{digits}f}" for end in ("low", "high"))
    return f"〔{low}至{high}〕" if zh else f" [{low} to {high}]"
