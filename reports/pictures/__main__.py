"""Draw the README's pictures from the synthetic cohort that it shows."""

from __future__ import annotations

from pathlib import Path

import scoring
from reports.annual_briefing import scores
from reports.blocks import Blocks, Figure
from reports.charts.still import png
from reports.round_page import RoundPage
from scoring.cohort import replacing
from simulate import distribution
from synthetic_data.population import facts

HERE = Path(__file__).parent


def main() -> None:
    """Draw the distribution of totals of the synthetic round of 2020."""
    rules = scoring.Rulebook.load("beijing-2020")
    people = facts(rules, round_year=2020, size=122_852, seed=1)
    cohort = scoring.Cohort.from_frame(people, rules=rules, round_year=2020)
    scored = scoring.score(cohort, rules, quota=6_000)
    page = RoundPage.of(scored, cohort="", lang="en", threshold=10)
    bins = distribution.score_bins(scored, width=1)
    section = scores(page, bins, distribution.score_bands(scored, width=5), width=1)
    figure = next(part for part in _parts(section) if isinstance(part, Figure))
    with replacing(HERE / "score-distribution.png") as beside:
        beside.write_bytes(png(figure))


def _parts(section: object) -> tuple[object, ...]:
    return tuple(section.parts) if isinstance(section, Blocks) else (section,)


if __name__ == "__main__":
    main()
