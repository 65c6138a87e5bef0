"""Tell the applicants of a scored cohort apart by a column, or by a trait worked out from its facts.

A trait is read from the cohort where the cohort has it: age band, credential, sex, district, sector, and any
categorical column of the user's own. Four more are worked out where what they rest on is there, unless the
cohort has a column of that name:

- ``taxed``: `yes` with income tax of 100,000 yuan in any of the last three years (facts), or with points for
  tax above zero (points);
- ``home``: `own`, `spouse` or `none`, by months counted in an own or the spouse's home (facts);
- ``career``: insured years in bands of five, from months (facts) or from employment points (points);
- ``employer_applicants``: how many applicants of the cohort the same employer has, in bands. It is not the
  size of the firm, which a column of the cohort's own may say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from numpy.typing import NDArray

from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from simulate.distribution.composition import LEVELS, dimensions

if TYPE_CHECKING:
    from scoring.scored import Scored

CAREERS = ("<10", "10-14", "15-19", "20-24", ">=25")
EMPLOYERS = ("1", "2-9", "10-49", "50-199", ">=200")
HOMES = ("own", "spouse", "none")
YES_NO = ("yes", "no")

#: The order in which the levels of what is worked out are told.
ORDERS = {"taxed": YES_NO, "home": HOMES, "career": CAREERS, "employer_applicants": EMPLOYERS}


@dataclass(frozen=True)
class Trait:
    """Hold the level of every applicant of a cohort, in the cohort's order.

    ``levels`` stand in the order of telling, the unknown one, None, last; ``codes`` are positions in them.
    """

    name: str
    levels: tuple[str | None, ...]
    codes: NDArray[np.int64] = field(repr=False)

    @classmethod
    def of(cls, values: pl.Series, order: tuple[str, ...] | None = None) -> Trait:
        """Take levels from a column; numbers and bands are told from the lowest up, words in their order."""
        if order is None:
            found = _text(values.unique().drop_nulls().sort()).unique(maintain_order=True).to_list()
            order = tuple(_bands_in_order(found))
        known = _text(values).cast(pl.Enum(order)).to_physical().cast(pl.Int64)
        unknown = (None,) if known.null_count() else ()
        return cls(values.name, (*order, *unknown), known.fill_null(len(order)).to_numpy())

    def counts(self, rows: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Count some of the applicants by level."""
        return np.bincount(self.codes[rows], minlength=len(self.levels))


def traits(scored: Scored) -> tuple[str, ...]:
    """Name the traits by which this cohort's people can be told apart, in the order of telling."""
    columns = scored.cohort.frame.columns
    derived = [name for name, needs in _NEEDS.items() if not set(needs).isdisjoint(columns)]
    own = [name for name in ("minor_children",) if name in columns]
    return tuple(dict.fromkeys((*dimensions(scored), *derived, *own)))


def trait(scored: Scored, by: str) -> Trait:
    """Return the level of every applicant of a cohort.

    Raises:
        UnknownName: the cohort has no such trait; the message lists those it has.

    """
    known = traits(scored)
    if by not in known:
        hint = did_you_mean(by, known)
        raise UnknownName(f"no trait {by!r} in this cohort{hint} (there are {', '.join(known)})")
    frame = scored.cohort.frame
    if by in scored.frame.columns:
        return Trait.of(scored.frame.get_column(by), LEVELS.get(by))
    if by in frame.columns:
        return Trait.of(frame.get_column(by))
    return Trait.of(frame.select(_WORKED_OUT[by](scored).alias(by)).to_series(), ORDERS[by])


def _bands_in_order(levels: list[str]) -> list[str]:
    """Sort levels that all begin with a number, like `10-49` and `>=1000`, by that number."""
    found = [re.match(r"([<>≤≥=]*)\s*(\d+(?:\.\d+)?)", level) for level in levels]
    keys = [(float(one[2]), one[1][:1] not in ("<", "≤"), one.string) for one in found if one]
    if len(keys) < len(levels):
        return levels
    return [level for *_, level in sorted(keys)]


def _text(values: pl.Series) -> pl.Series:
    """Write levels as text; numbers without needless zeros, so that 15.00 points read 15."""
    text = values.cast(pl.String)
    if values.dtype.is_decimal() or values.dtype.is_float():
        text = text.str.replace(r"\.0+$", "").str.replace(r"(\.\d*?)0+$", "${1}")
    return text


def _taxed(scored: Scored) -> pl.Expr:
    column = "taxed_100k_years" if scored.level == "facts" else "tax"
    return pl.when(pl.col(column) > 0).then(pl.lit("yes")).otherwise(pl.lit("no"))


def _home(scored: Scored) -> pl.Expr:  # noqa: ARG001  one signature for all traits
    own, spouse = pl.col("own_home_months") > 0, pl.col("spouse_home_months") > 0
    return pl.when(own).then(pl.lit("own")).when(spouse).then(pl.lit("spouse")).otherwise(pl.lit("none"))


def _career(scored: Scored) -> pl.Expr:
    if scored.level == "facts":
        months = pl.col("insured_months").cast(pl.Int64)
        edges = [120, 180, 240, 300]
    else:
        months = pl.col("employment").cast(pl.Int64)
        rate = int(Decimal(str(scored.rules["employment.points_per_year"])) * 100)
        edges = [years * rate for years in (10, 15, 20, 25)]
    return _banded(months, edges, CAREERS)


def _employer_applicants(scored: Scored) -> pl.Expr:  # noqa: ARG001  one signature for all traits
    people = pl.len().over("employer_id").cast(pl.Int64)
    banded = _banded(people, [2, 10, 50, 200], EMPLOYERS)
    return pl.when(pl.col("employer_id").is_not_null()).then(banded)


def _banded(values: pl.Expr, edges: list[int], bands: tuple[str, ...]) -> pl.Expr:
    """Name the band of each value; a band holds its lower edge."""
    position = pl.sum_horizontal((values >= edge).cast(pl.Int64) for edge in edges)
    return position.replace_strict(list(range(len(bands))), list(bands), return_dtype=pl.String)


_WORKED_OUT: dict[str, Callable[[Scored], pl.Expr]] = {
    "taxed": _taxed,
    "home": _home,
    "career": _career,
    "employer_applicants": _employer_applicants,
}
_NEEDS = {
    "taxed": ("taxed_100k_years", "tax"),
    "home": ("own_home_months",),
    "career": ("insured_months", "employment"),
    "employer_applicants": ("employer_id",),
}
"""What each rests on: any one of these columns, of facts or of points."""
