"""The levers of the workbench: the quota, nine weights and the main rates of the rulebook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.words import Words
from scoring.explain.words import article
from scoring.reform.labels import label
from scoring.rulebook import INDICATORS, Language, Rulebook
from scoring.rulebook.schema import PARAMETERS

QUOTA, WEIGHTS, RATES = "quota", "weights", "rates"

#: Paths of the rulebook and the step of their slider, in points. Values that stand together here move
#: together while the baseline sets them equal, as it does for the credentials of a tier.
_RATES: tuple[tuple[tuple[str, ...], str], ...] = (
    (("employment.points_per_year",), "0.25"),
    (("residence.own_home_points_per_year",), "0.1"),
    (("residence.other_home_points_per_year",), "0.1"),
    (
        (
            "education.points.junior_college",
            "education.points.bachelor_diploma",
            "education.points.bachelor_degree",
        ),
        "0.5",
    ),
    (
        ("education.points.bachelor", "education.points.master_diploma", "education.points.master_degree"),
        "0.5",
    ),
    (("education.points.master", "education.points.doctor_diploma", "education.points.doctor_degree"), "0.5"),
    (("education.points.doctor",), "0.5"),
    (("job_housing_area.home_points_per_year",), "0.25"),
    (("job_housing_area.home_and_job_points_per_year",), "0.25"),
    (
        (
            "job_housing_area.max_points",
            "job_housing_area.home_max_points",
            "job_housing_area.home_and_job_max_points",
        ),
        "1",
    ),
    (("tax.points_per_award",), "0.5"),
    (("tax.max_points",), "1"),
    (("tax.points_per_penalty",), "1"),
    (("honours.points",), "1"),
    (("law_abiding.points_per_detention",), "1"),
)
_HEAVIEST = Decimal(3)
_FINE, _COARSE = 1, 10
_MANY_PLACES = 1_000


@dataclass(frozen=True)
class Lever:
    """One slider: what it moves, where it starts, how far it goes.

    Attributes:
        key: ``quota``, ``weights.`` and an indicator, or the first of the paths it moves.
        section: ``quota``, ``weights`` or ``rates``.
        paths: the values of the rulebook that it sets, all to the same number.
        baseline: where it starts.
        low, high, step: of the slider.
        least, most: what its number field takes beyond.

    """

    key: str
    section: str
    baseline: Decimal
    low: Decimal
    high: Decimal
    step: Decimal
    least: Decimal
    most: Decimal
    paths: tuple[str, ...] = ()

    def name(self, words: Words) -> str:
        """Name the lever."""
        if self.section == WEIGHTS:
            return words.name("indicator", self.key.removeprefix(f"{WEIGHTS}."))
        if self.section == QUOTA:
            return words.say("workbench.quota")
        kind = "tier" if len(self.paths) > 1 else "rate"
        return str(words.entries["workbench"][kind][self.key])

    def hint(self, rules: Rulebook, language: Language) -> str:
        """Say which values of the rules the lever moves, and in which article each stands."""
        found = (
            f"{article(rules.value(path).citation.article, language)} {label(path, rules, language)}"
            for path in self.paths
        )
        return "\n".join(found)


def levers(rules: Rulebook, *, quota: int, eligible: int, level: str) -> tuple[Lever, ...]:
    """Return the levers of a cohort: of one of points the quota and the weights alone."""
    rates = tuple(_rates(rules)) if level == "facts" else ()
    return (_places(quota, eligible), *_weights(), *rates)


def _places(quota: int, eligible: int) -> Lever:
    step = _COARSE if quota >= _MANY_PLACES else _FINE
    far = max(quota, min(2 * quota, eligible))
    high = -(-far // step) * step
    most = max(eligible, high)
    bounds = (Decimal(quota), Decimal(0), Decimal(high), Decimal(step), Decimal(0), Decimal(most))
    return Lever(QUOTA, QUOTA, *bounds)


def _weights() -> Iterator[Lever]:
    for indicator in INDICATORS:
        bounds = (Decimal(1), Decimal(0), Decimal(2), Decimal("0.05"), Decimal(0), _HEAVIEST)
        yield Lever(f"{WEIGHTS}.{indicator}", WEIGHTS, *bounds)


def _rates(rules: Rulebook) -> Iterator[Lever]:
    for paths, step in _RATES:
        equal = len({rules[path] for path in paths}) == 1
        for moved in (paths,) if equal else ((path,) for path in paths):
            yield _rate(rules, moved, Decimal(step))


def _rate(rules: Rulebook, paths: tuple[str, ...], step: Decimal) -> Lever:
    parameter, baseline = PARAMETERS[paths[0]], Decimal(str(rules[paths[0]]))
    least, most = parameter.low or Decimal(0), parameter.high or Decimal(0)
    far = 2 * (baseline or 5 * step)
    low, high = (-abs(far), Decimal(0)) if least < 0 else (Decimal(0), far)
    return Lever(paths[0], RATES, baseline, low, high, step, least, most, paths)
