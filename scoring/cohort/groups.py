"""Sort the columns that the contract does not know: groups stay, identity is refused, the rest is ignored.

A column is a group when it is categorical: words or yes and no, not many and often repeated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from scoring.cohort.contract import Table
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import APPLICANTS
from scoring.cohort.contract_points import ITEM_NAMES
from scoring.cohort.identity import HAN, Identity, identity_in, like_a_name, masked, named_for_identity, shown
from scoring.cohort.violations import Violation, error, note, warning

MOST_LEVELS = 200
FEW_LEVELS = 50
# Names of people are told from other words only where there are some to compare.
ENOUGH_NAMES = 5

LENGTHS_OF_IDENTITY = (11, 18)
NUMBER = r"^[+-]?[0-9０-９][0-9０-９.,，%]*(?:[eE][+-]?[0-9]+)?$"
DATE = r"^[0-9]{4}(?:[-/.年][0-9]{1,2}){1,2}[月日]?(?:[-/.]?[0-9]{1,2}日)?(?:[ T][0-9:.]+)?$"
# A sentence by its marks, by six words or more, or by eighteen Chinese characters on end.
SENTENCE = rf"[。；！？\n]|，.{{4,}}|\s\S+[.!?](?:\s|$)|(?:\S+\s+){{5}}\S|[{HAN}].{{17,}}"

RESULTS = ("eligible", "ineligible_because", "rank", "admitted")


@dataclass
class Extra:
    """Gather what one column of the user's own holds, batch by batch, and say what becomes of it.

    ``of_contract`` marks a column that the contract leaves to the user, ``of_records`` one in a table of
    records, where there are no groups.
    """

    name: str
    dtype: pl.DataType
    of_contract: bool = False
    of_records: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    many: bool = False
    shapes: dict[str, bool] = field(default_factory=lambda: dict.fromkeys((NUMBER, DATE), True))
    refusal: Violation | None = None
    sentence: Violation | None = None

    def __post_init__(self) -> None:
        kind = named_for_identity(self.name)
        if kind and not self.of_contract:
            self.refusal = error("identity_column", column=shown(self.name), kind=kind)

    def feed(self, values: pl.Series, first_row: int) -> None:
        """Take in the next rows."""
        self.rows += len(values)
        if self.refusal or not (self.is_text or self.dtype.is_integer()):
            return
        text = values.cast(pl.String)
        if self._numbers(text) and text.n_unique() > MOST_LEVELS:
            self.many = True
            text = text.filter(text.str.len_bytes().is_in(LENGTHS_OF_IDENTITY))
        counts = text.value_counts(sort=False).drop_nulls()
        levels = counts.to_series(0)
        self._look_for_identity(levels, values, first_row)
        if self.is_text:
            self._count(levels, counts.to_series(1))
            self._look_for_sentences(levels, values, first_row)

    @property
    def is_text(self) -> bool:
        """Whether the column holds words."""
        return self.dtype == pl.String or isinstance(self.dtype, pl.Categorical | pl.Enum)

    def group_type(self) -> pl.DataType | None:
        """Return the type of the group that the column is, or None if it is none."""
        if self.refusal or self.ignored():
            return None
        return pl.Boolean() if self._yes_or_no() else self._enum()

    def ignored(self) -> str | None:
        """Say why the column is no group, or None."""
        if self.of_records:
            return "records"
        if self.dtype == pl.Boolean:
            return None
        if not self.is_text:
            kinds = {
                "number": self.dtype.is_numeric(),
                "date": self.dtype.is_temporal(),
                "empty": self.dtype == pl.Null,
            }
            return next((kind for kind, true in kinds.items() if true), "nested")
        if not self.counts and not self.many:
            return "empty"
        if not isinstance(self.dtype, pl.Enum) and any(self.shapes.values()):
            return "number" if self.shapes[NUMBER] else "date"
        return "many" if self._too_many() else None

    def verdict(self) -> list[Violation]:
        """Say what is to be said of the column."""
        if self.refusal:
            return [self.refusal]
        if self.sentence and (self._too_many() or self.counts[self.sentence.data["text"]] == 1):
            return [self.sentence]
        reason = self.ignored()
        return [note("ignored_column", column=shown(self.name), reason=reason)] if reason else []

    def _yes_or_no(self) -> bool:
        return self.dtype == pl.Boolean or {level.lower() for level in self.counts} <= {"true", "false"}

    def _enum(self) -> pl.DataType:
        return self.dtype if isinstance(self.dtype, pl.Enum) else pl.Enum(sorted(self.counts))

    def _too_many(self) -> bool:
        levels = len(self.counts)
        return self.many or levels > MOST_LEVELS or (levels > FEW_LEVELS and levels * 10 > self.rows)

    def _numbers(self, text: pl.Series) -> bool:
        """Say whether there were only numbers so far; of those, only some long ones can be identity."""
        self.shapes[NUMBER] = self.shapes[NUMBER] and bool(text.str.contains(NUMBER).all())
        return self.shapes[NUMBER]

    def _count(self, levels: pl.Series, counts: pl.Series) -> None:
        self.shapes[DATE] = self.shapes[DATE] and bool(levels.str.contains(DATE).all())
        self.many = self.many or len(levels) > MOST_LEVELS
        if not self.many:
            self.counts.update(dict(zip(levels, counts, strict=True)))
            self.many = len(self.counts) > MOST_LEVELS

    def _look_for_identity(self, levels: pl.Series, values: pl.Series, first_row: int) -> None:
        share = 0.5 if like_a_name(self.name) else 0.8 if len(levels) >= ENOUGH_NAMES else 2.0
        hit = identity_in(levels, share=share)
        if hit:
            kind, mask = hit
            self.refusal = self._refuse(kind, levels.filter(mask), values, first_row)

    def _look_for_sentences(self, levels: pl.Series, values: pl.Series, first_row: int) -> None:
        found = levels.filter(levels.str.contains(SENTENCE))
        if len(found) and not self.sentence:
            self.sentence = self._refuse("free_text", found.head(1), values, first_row, text=found[0])

    def _refuse(
        self, kind: Identity, levels: pl.Series, values: pl.Series, first_row: int, **data: str
    ) -> Violation:
        rows = values.cast(pl.String).is_in(levels.implode())
        row = int(rows.arg_true()[0])
        where = {"row": row + first_row, "value": masked(str(values[row])), "count": int(rows.sum())}
        return error("identity", column=shown(self.name), kind=kind, **where, **data)


def as_group(extra: Extra) -> pl.Expr | None:
    """Return the expression of a group in its final type, or None when the column is no group."""
    dtype = extra.group_type()
    if dtype is None:
        return None
    cell = pl.col(extra.name)
    if dtype != pl.Boolean:
        return cell.cast(pl.String).cast(dtype)
    return cell if extra.dtype == pl.Boolean else cell.cast(pl.String).str.to_lowercase() == "true"


def extra_names(names: Sequence[str], table: Table, wrong_columns: Iterable[Violation]) -> list[str]:
    """Return the columns to look through: those unknown to the contract and those it leaves to the user.

    Results of an earlier scoring and slips of the pen are dealt with elsewhere.
    """
    slips = {violation.column for violation in wrong_columns} | {
        violation.data.get("nearest") for violation in wrong_columns
    }
    free = {column.name for column in table.columns if column.group}
    known = {*table.names, *reserved(table, names), *slips} - free
    return [name for name in names if name not in known]


def extras_of(frame: pl.DataFrame, table: Table, wrong_columns: Iterable[Violation]) -> dict[str, Extra]:
    """Look through the columns of a whole table that the contract does not know."""
    extras = {}
    for name in extra_names(frame.columns, table, list(wrong_columns)):
        of_contract = name in table.names
        extras[name] = Extra(name, frame.schema[name], of_contract=of_contract, of_records=table.of_records)
        extras[name].feed(frame.get_column(name), 1)
    return extras


def reserved(table: Table, present: Sequence[str]) -> tuple[str, ...]:
    """Return the names that scoring gives to its own results, which no group may bear."""
    if table.of_records:
        return ()
    if table.name == "points":
        return (*RESULTS, "age_band") if "birth_year" in present else RESULTS
    return (
        *(name for name in ITEM_NAMES if name != "education"),
        "total",
        *RESULTS,
        "age_band",
        "education_level",
        *counted(table),
    )


def counted(table: Table) -> tuple[str, ...]:
    """Return the names of the facts that are counted from records, which no group of applicants may bear."""
    if table.name != APPLICANTS.name:
        return ()
    return tuple(name for name in FACTS.names if name not in APPLICANTS.names)


def left_out(frame: pl.DataFrame, table: Table, first_row: int, listed: int) -> list[Violation]:
    """Say which results of an earlier scoring are ignored, and warn of people who were not eligible."""
    names = [name for name in reserved(table, frame.columns) if name in frame.columns]
    facts = counted(table)
    notes = [note("counted_column" if name in facts else "result_column", column=name) for name in names]
    if table.name != "points" or "eligible" not in names:
        return notes
    rows = (
        frame.get_column("eligible").cast(pl.String, strict=False).str.to_lowercase() == "false"
    ).arg_true()
    where = {"table": table.name, "column": "eligible", "value": "false", "count": len(rows)}
    return [*notes, *(warning("not_eligible", row=int(row) + first_row, **where) for row in rows[:listed])]
