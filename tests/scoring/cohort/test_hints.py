"""What an unreadable cell probably is."""

import pytest

from scoring.cohort.contract import Kind
from scoring.cohort.hints import hint
from scoring.cohort.record_sentences import HINTS


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        (Kind.DATE, "29358", "serial"),
        (Kind.DATE, "29358.5", "serial"),
        (Kind.DATE, "9358", None),
        (Kind.DATE, "19800517", None),
        (Kind.DATE, "80-05-17", "short_year"),
        (Kind.DATE, "80年5月17日", "short_year"),
        (Kind.DATE, "5/17/80", "short_year"),
        (Kind.DATE, "1980-13-17", "no_month"),
        (Kind.DATE, "1980-12-32", None),
        (Kind.DATE, "1980-05", "only_month"),
        (Kind.MONTH, "2018年1月", "only_month"),
        (Kind.DATE, "１９８０-05-17", "full_width"),
        (Kind.MONTHS, "１２", "full_width"),
        (Kind.MONTHS, "1,200", "thousands"),
        (Kind.MONTHS, "1,2", None),
        (Kind.POINTS, "-1,000.50", "thousands"),
        (Kind.YUAN, "1,000,000", "thousands"),
        (Kind.COUNT, "NaN", "no_number"),
        (Kind.COUNT, "-inf", "no_number"),
        (Kind.COUNT, "#N/A", "no_number"),
        (Kind.COUNT, "29358.5", None),
        (Kind.BOOL, "nan", None),
        (Kind.LEVEL, "29358", None),
    ],
)
def test_what_a_cell_probably_is(kind: Kind, value: str, said: str | None) -> None:
    """Serial numbers, short years, months that there are not, full-width digits, separators, no numbers."""
    assert hint(kind, value) == said
    assert said is None or said in HINTS
