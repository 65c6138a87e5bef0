"""The worked examples of ``distribution.md``, each run as it stands there."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

import scoring
from simulate.distribution import change, distances, rates
from tests.simulate.distribution.rounds import written

SPEC = Path(rates.__code__.co_filename).with_name("distribution.md")
PERSON = re.compile(r"([a-z?])(-?\d+\.\d\d)(!?)(?:>(-?\d+\.\d\d)(!?))?")


def examples(head: str) -> list[list[str]]:
    """Read the lines of the table with a head."""
    _, found, table = SPEC.read_text("utf-8").partition(head)
    assert found, f"no table has the head {head}"
    lines = table.strip().split("\n\n")[0].splitlines()
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "---" not in line]


RATES = examples("| case | applicants | quota | levels | representation | median distance |")
CHANGES = examples("| case | applicants | quota | levels | change |")


def rounds(text: str, quota: str) -> tuple[scoring.Scored, scoring.Scored]:
    """Score the people of an example under the baseline and, where it has one, the reform."""
    people = [PERSON.fullmatch(one) for one in text.split()]
    found = [one.groups() for one in people if one]
    assert len(found) == len(people)
    levels = [None if one[0] == "?" else one[0] for one in found]
    baseline = written(
        levels, [one[1] for one in found], quota=int(quota), eligible=[not one[2] for one in found]
    )
    after = [one[3] or one[1] for one in found]
    reform = written(levels, after, quota=int(quota), eligible=[not one[4] for one in found])
    return baseline, reform


def cells(text: str) -> dict[str, str]:
    """Read ``a=1 b=2``."""
    return dict(cell.split("=") for cell in text.split())


def told(levels: Iterable[str | None], values: Iterable[object]) -> dict[str, str]:
    """Write results as an example has them."""
    return {level or "?": _written(value) for level, value in zip(levels, values, strict=True)}


def _written(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


@pytest.mark.parametrize("example", RATES, ids=lambda example: example[0])
def test_worked_example_of_rates(example: list[str]) -> None:
    """Counts, representation and the median distance come out as the spec says, level by level, in order."""
    _, people, quota, levels, representation, distance = example
    round_, _ = rounds(people, quota)
    frame = rates(round_, "area")
    counts = ["/".join(map(str, row)) for row in frame.select("applicants", "pool", "admitted").rows()]
    assert list(told(frame["level"], counts).items()) == list(cells(levels).items())
    assert told(frame["level"], frame["representation"]) == cells(representation)
    medians = distances(round_, "area", quantiles=[0.5])
    assert told(medians["level"], medians["p50"]) == cells(distance)


@pytest.mark.parametrize("example", CHANGES, ids=lambda example: example[0])
def test_worked_example_of_change(example: list[str]) -> None:
    """Who entered and who left, and the change of the rate, come out as the spec says."""
    _, people, quota, levels, moved = example
    baseline, reform = rounds(people, quota)
    frame = change(baseline, reform, "area")
    counts = ["/".join(map(str, row)) for row in frame.select("entered", "left", "net").rows()]
    assert told(frame["level"], counts) == cells(levels)
    assert told(frame["level"], frame["change"]) == cells(moved)
    assert frame["net"].sum() == reform.ranking.admitted - baseline.ranking.admitted


def test_the_spec_settles_every_edge() -> None:
    """Ties, ineligible people, unknown levels, quota 0 and an empty reform have examples."""
    assert any("!" in example[1] for example in RATES)
    assert any("?" in example[1] for example in RATES)
    assert any(example[2] == "0" for example in RATES)
    assert any(set(cells(example[3]).values()) == {"0/0/0"} for example in CHANGES)
    names = [example[0] for example in RATES + CHANGES]
    assert len(set(names)) == len(names) >= 18
