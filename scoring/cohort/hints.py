"""What an unreadable cell probably is: a serial number of Excel, a year of two digits, full-width digits."""

from __future__ import annotations

import re
from typing import Literal

from scoring.cohort.conditions import DAYS
from scoring.cohort.contract import WHOLE_NUMBERS, Kind

Hint = Literal["full_width", "thousands", "no_number", "serial", "short_year", "no_month", "only_month"]

NUMBERS = (*WHOLE_NUMBERS, Kind.POINTS, Kind.HUNDREDTHS, Kind.FRACTION, Kind.YUAN)
SHAPES_OF_NUMBERS: dict[Hint, str] = {
    "thousands": r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?",
    "no_number": r"[+-]?(?:nan|inf|infinity|#n/a|null|none)",
}
# Excel counts days from 1900; five digits are the days from 1927 to 2173.
SHAPES_OF_DAYS: dict[Hint, str] = {
    "serial": r"[0-9]{5}(?:\.[0-9]+)?",
    "short_year": r"[0-9]{2}([-/.年])[0-9]{1,2}([-/.月])[0-9]{1,2}日?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}",
    "no_month": r"[0-9]{4}-(?:00|1[3-9]|[2-9][0-9])-[0-9]{2}",
    "only_month": r"[0-9]{4}[-/.年]?[0-9]{1,2}月?",
}


def hint(kind: Kind, value: str) -> Hint | None:
    """Say what a cell that could not be read probably is, or None.

    >>> hint(Kind.DATE, "43101"), hint(Kind.COUNT, "1,000"), hint(Kind.COUNT, "twelve")
    ('serial', 'thousands', None)
    """
    if re.search("[０-９]", value):
        return "full_width"
    shapes = SHAPES_OF_NUMBERS if kind in NUMBERS else SHAPES_OF_DAYS if kind in DAYS else {}
    found = (name for name, shape in shapes.items() if re.fullmatch(shape, value, flags=re.IGNORECASE))
    return next(found, None)
