"""One row a person, as an attacker would look for somebody: what is known of them, what would harm them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from scoring.cohort.contract_histories import MUNICIPAL
from scoring.errors import UnknownName
from scoring.nearest import did_you_mean
from synthetic_data.deidentify.identifiers import APPLICANT, EMPLOYER
from synthetic_data.deidentify.masking import heading
from synthetic_data.deidentify.tables import Safe

KNOWN = (
    *("birth_date", "birth_year", "sex", "education"),
    *("home_district", "job_district", "sector", "minor_children"),
)
"""What neighbours, colleagues and public lists tell: quasi-identifiers by default, with every group."""

SENSITIVE = {
    "facts": ("criminal_record", "detentions", "tax_penalties", "barred_through"),
    "points": ("law_abiding", "tax"),
    "histories": ("criminal_record", "detention", "tax_fine", "false_material"),
}
"""What harms whoever it is told of."""

LEVELS = ("junior_college", "bachelor", "master", "doctor")


@dataclass(frozen=True)
class People:
    """Hold the table, its quasi-identifiers, who has something against them by item, and what rules read.

    ``records`` stand for all the dated records of each person, as one number a table, where there are any.
    """

    table: pl.DataFrame = field(repr=False)
    records: pl.DataFrame | None = field(repr=False)
    quasi: tuple[str, ...]
    against: Mapping[str, pl.Series] = field(repr=False)
    scored: frozenset[str] = field(repr=False)


def people_in(level: str, tables: Mapping[str, Safe], quasi: Sequence[str]) -> People:
    """Put together what is known of each person.

    Histories give, beside the table of applicants, the highest level of a degree and the latest districts.

    Raises:
        UnknownName: a quasi-identifier is no column that is left.

    """
    main = tables["applicants" if level == "histories" else level]
    table = _from_histories(tables) if level == "histories" else main.frame
    table = table.drop(APPLICANT, strict=False)
    items = [item for item in SENSITIVE[level] if item in table.columns]
    against = {item: _adverse(table.get_column(item), level) for item in items}
    known = [name for name in table.columns if name in (*KNOWN, *main.groups)]
    known = [name for name in known if name not in items and name != EMPLOYER]
    chosen = _chosen(quasi, table.columns) if quasi else tuple(known)
    read = [column.name for column in main.table.columns if column.article]
    if level == "histories":
        return People(table, _records(tables), chosen, against, frozenset([*read, "education"]))
    return People(table, None, chosen, against, frozenset(read))


def _chosen(quasi: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    for name in quasi:
        if name not in columns:
            meant = did_you_mean(name, columns)
            raise UnknownName(f"no column {heading(name)} is left to be a quasi-identifier{meant}")
    return tuple(dict.fromkeys(quasi))


def _adverse(values: pl.Series, level: str) -> pl.Series:
    """Say who has something against them: a record, a penalty, points taken away."""
    if values.dtype == pl.Boolean:
        return values.fill_null(value=False)
    if values.name == "barred_through":
        return values.is_not_null()
    return (values < 0 if level == "points" else values > 0).fill_null(value=False)


def _from_histories(tables: Mapping[str, Safe]) -> pl.DataFrame:
    people = tables["applicants"].frame
    for found in (*_latest_districts(tables), _highest_degree(tables), _penalties(tables)):
        if found is not None and set(found.columns) & set(people.columns) == {APPLICANT}:
            people = people.join(found, on=APPLICANT, how="left", maintain_order="left")
    kinds = [name for name in SENSITIVE["histories"] if name in people.columns]
    return people.with_columns(pl.col(kinds).fill_null(value=False))


def _records(tables: Mapping[str, Safe]) -> pl.DataFrame:
    """Sum up each person's records in every table, so that equal sums mean equal records."""
    people = tables["applicants"].frame.select(APPLICANT)
    for name in tables.keys() - {"applicants"}:
        records = tables[name].frame
        told = records.select(APPLICANT, records.drop(APPLICANT).hash_rows().alias(name))
        sums = told.group_by(APPLICANT).agg(pl.col(name).sum())
        people = people.join(sums, on=APPLICANT, how="left", maintain_order="left")
    return people.drop(APPLICANT)


def _latest_districts(tables: Mapping[str, Safe]) -> list[pl.DataFrame]:
    """Return the district of the last spell of dwelling and of insurance."""
    names = {"dwellings": "home_district", "insurance": "job_district"}
    last = pl.col("district").sort_by("last_month", "first_month", "district").last()
    return [
        tables[table].frame.group_by(APPLICANT).agg(last.cast(pl.String).replace(MUNICIPAL, None).alias(name))
        for table, name in names.items()
        if table in tables and {"district", "first_month", "last_month"} <= set(tables[table].frame.columns)
    ]


def _highest_degree(tables: Mapping[str, Safe]) -> pl.DataFrame | None:
    if "degrees" not in tables or "level" not in tables["degrees"].frame.columns:
        return None
    highest = pl.col("level").cast(pl.Enum(LEVELS)).max()
    return tables["degrees"].frame.group_by(APPLICANT).agg(highest.alias("education"))


def _penalties(tables: Mapping[str, Safe]) -> pl.DataFrame | None:
    if "penalties" not in tables or "kind" not in tables["penalties"].frame.columns:
        return None
    kinds = ("detention", "tax_fine", "false_material")
    any_of = [(pl.col("kind") == kind).any().alias(kind) for kind in kinds]
    return tables["penalties"].frame.group_by(APPLICANT).agg(any_of)
