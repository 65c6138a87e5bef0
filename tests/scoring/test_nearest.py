"""A misspelt name meets the one that was meant, and a strange one meets none."""

import pytest

from scoring.nearest import did_you_mean, nearest

KNOWN = ("employment", "residence", "education", "job_housing_area")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("employmnt", "employment"),
        ("residance", "residence"),
        ("job_housing", "job_housing_area"),
        ("education", "education"),
        ("weather", None),
        ("", None),
    ],
)
def test_the_nearest_name(written: str, meant: str | None) -> None:
    """A slip of the pen finds its name; what is like none finds none."""
    assert nearest(written, KNOWN) == meant
    assert did_you_mean(written, KNOWN) == (f"; did you mean {meant}?" if meant else "")


def test_nothing_is_near_where_nothing_is_known() -> None:
    """Without names there is no hint."""
    assert nearest("employment", ()) is None
