"""Wrong-sign checks, by hand."""

import polars as pl
import pytest

from simulate.backtest import signs
from simulate.backtest.sensitivity import CHANGES, RAISES


def found(**cutoffs: list[float]) -> pl.DataFrame:
    """Return so many points for some changes in three rounds, and right ones for the others."""
    right = {change: [0.1, 0.2, 0.3] if raises else [-0.1, -0.2, -0.3] for change, raises in RAISES.items()}
    told = {**dict.fromkeys(CHANGES, [0.0] * 3), **right, **cutoffs}
    lines = [
        {"change": change, "round": round_, "cutoff": cutoff}
        for change, moves in told.items()
        for round_, cutoff in zip((2023, 2024, 2025), moves, strict=True)
    ]
    return pl.DataFrame(lines)


def test_entrants_and_attrition_are_told_with_their_least_and_most() -> None:
    """Four changes have a sign that they must have; the others are not told."""
    told = signs(found())
    assert told["change"].to_list() == list(RAISES)
    assert told.row(0) == ("more_late_comers", True, 0.1, 0.3, True)
    assert told.row(2) == ("twice_as_many_leave", False, -0.3, -0.1, True)


@pytest.mark.parametrize("cutoffs", [[0.1, -0.1, 0.2], [0.0, 0.1, 0.2]])
def test_a_wrong_sign_in_one_round_is_told(cutoffs: list[float]) -> None:
    """More late comers who lower the cutoff of one round, or leave it, are wrong; the others stay right."""
    told = signs(found(more_late_comers=cutoffs))
    assert told["right"].to_list() == [False, True, True, True]
