"""Name bands of totals in the words of a page."""

from __future__ import annotations

from decimal import Decimal

from reports.disclosure import Publishable
from reports.round_page import RoundPage

FINEST = Decimal("0.01")


def band_names(bins: Publishable, page: RoundPage) -> list[str]:
    """Name merged bins from the highest down.

    The highest has no upper end and below the cutoff the lowest no lower one: nobody's extreme total is told.
    """
    rows = bins.frame.select("lower", "upper", "admitted").rows()
    lowest = len(rows) - 1
    names = []
    for number, (lower, upper, admitted) in enumerate(rows):
        ends = {"lower": page.words.points(lower), "upper": page.words.points(upper - FINEST)}
        if number == 0:
            names.append(page.say("scores.from", lower=ends["lower"]))
        elif number == lowest and not admitted:
            names.append(page.say("scores.under", upper=page.words.points(upper)))
        else:
            names.append(page.say("scores.between", **ends))
    return names
