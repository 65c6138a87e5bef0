"""What the benchmark must reach, and whether a run reached it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.ways import COPY, JIFEN, OPENFISCA, Way

TIMES_OPENFISCA = {130_000: 15, 1_000_000: 25, 10_000_000: 50}
TIMES_COPY, COPY_FROM = 7, 1_000_000
EXTRA_BYTES, EXTRA_FROM = 30, 1_000_000
"""Below, a few million bytes of working room, which do not grow with the facts, weigh on each of them."""


@dataclass(frozen=True)
class Measured:
    """Hold the ways that were run over so many facts, and the extra bytes some of them took."""

    facts: int
    ways: Mapping[str, Way]
    extra: Mapping[str, int | None]

    def extra_a_fact(self, way: str) -> float | None:
        """Return a way's extra bytes a fact, or None where they were not measured."""
        extra = self.extra.get(way)
        return None if extra is None else extra / self.facts

    def times(self, way: str, other: str) -> float:
        """Return how many times longer *way* took than *other*."""
        return self.ways[way].median / self.ways[other].median

    def disagreements(self) -> Iterator[str]:
        """Say what a way gives that jifen does not."""
        jifen = self.ways[JIFEN].last
        for name, way in self.ways.items():
            if way.last is not None and jifen is not None and (differing := way.last.differing(jifen)):
                yield f"{name} differs from {JIFEN} in {', '.join(differing)}"


def verdicts(results: Sequence[Measured]) -> Iterator[str]:
    """Say for each target whether it is reached, and what was measured."""
    for result in results:
        yield from _verdicts(result)


def _verdicts(result: Measured) -> Iterator[str]:
    facts = f"{result.facts:,} facts"
    if result.facts in TIMES_OPENFISCA:
        asked, times = TIMES_OPENFISCA[result.facts], result.times(OPENFISCA, JIFEN)
        yield _verdict(
            times >= asked, f"{facts}: {times:.1f} times as fast as {OPENFISCA}", f"{asked} or more"
        )
    if result.facts >= COPY_FROM:
        times = result.times(JIFEN, COPY)
        yield _verdict(times <= TIMES_COPY, f"{facts}: {times:.1f} times the {COPY}", f"{TIMES_COPY} or less")
    extra = result.extra_a_fact(JIFEN)
    if extra is not None and result.facts >= EXTRA_FROM:
        yield _verdict(
            extra <= EXTRA_BYTES, f"{facts}: {extra:.1f} extra bytes a fact", f"{EXTRA_BYTES} or less"
        )
    outcome = result.ways[JIFEN].last
    wrong = 0 if outcome is None else outcome.wrong_ranks
    yield _verdict(wrong == 0, f"{facts}: {wrong:,} wrong ranks", "none")


def _verdict(reached: bool, measured: str, asked: str) -> str:
    return f"{'reached' if reached else 'NOT reached':<12}{measured} (asked for: {asked})"
