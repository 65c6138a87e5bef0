"""Find whom a row is about, and put pseudonyms in place of people and employers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from scoring.cohort.contract import Table
from scoring.cohort.identity import EIGHTEEN_DIGITS, named_for_identity
from scoring.cohort.source import Raw
from synthetic_data.deidentify.errors import UnsafeExport
from synthetic_data.deidentify.key import Domain, Key, Pseudonyms
from synthetic_data.deidentify.masking import heading
from synthetic_data.deidentify.treatment import Treatment

APPLICANT, EMPLOYER = "applicant_id", "employer_id"
DOMAINS: dict[str, Domain] = {APPLICANT: "applicant", EMPLOYER: "employer"}

WITH_GROUPS = ("facts", "points", "applicants")
"""The tables with one row an applicant, which may hold groups of the user's own."""

# 1.10101E+17: a spreadsheet's way to write an identity number it has rounded.
ROUNDED = r"^[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+$"
# A double holds 15 decimal digits; of identity numbers rounded to them the last three are 0.
ROUNDED_TAIL = r"^[0-9]{15}000$"
FEW = 3


def named(raw: Raw, table: Table, id_column: str) -> Raw:
    """Put the column that says whom a row is about under ``applicant_id``, an employer's name under its own.

    Raises:
        UnsafeExport: there is no such column, or a spreadsheet has rounded the identity numbers in it.

    """
    columns = raw.frame.columns
    if id_column not in columns and (id_column != APPLICANT or APPLICANT in table.required):
        raise UnsafeExport(_no_id(table, columns, id_column))
    frame = raw.frame
    if id_column in columns and id_column != APPLICANT:
        frame = frame.drop(APPLICANT, strict=False).rename({id_column: APPLICANT})
    if APPLICANT in frame.columns:
        _check_exact(frame.get_column(APPLICANT), table)
    employers = [name for name in frame.columns if named_for_identity(name) == "employer_name"]
    employer = employers[0] if len(employers) == 1 and EMPLOYER not in columns else None
    if employer is not None and table.name in WITH_GROUPS:
        frame = frame.rename({employer: EMPLOYER})
    return replace(raw, frame=frame)


def pseudonymised(tables: Mapping[str, Raw], key: Key) -> tuple[dict[str, Raw], list[Treatment]]:
    """Replace people and employers by pseudonyms, the same one the same in every table."""
    frames = {name: raw.frame for name, raw in tables.items()}
    treatments = []
    for column, domain in DOMAINS.items():
        holding = [name for name, frame in frames.items() if column in frame.columns]
        pseudonyms = Pseudonyms.of((frames[name].get_column(column) for name in holding), key, domain)
        for name in holding:
            made = pseudonyms.put_for(frames[name].get_column(column)).alias(column)
            frames[name] = frames[name].with_columns(made)
            treatments.append(Treatment(name, column, "pseudonym", {"count": made.drop_nulls().n_unique()}))
    return {name: replace(raw, frame=frames[name]) for name, raw in tables.items()}, treatments


def _no_id(table: Table, columns: list[str], id_column: str) -> str:
    there = [heading(name) for name in columns if named_for_identity(name) == "id_number"]
    hint = f"; with --id {there[0]} that column is used" if there and there[0] != id_column else ""
    return f"{table.name}: there is no column {id_column} that says whom a row is about{hint}"


def _check_exact(identities: pl.Series, table: Table) -> None:
    """Refuse identity numbers that went through a spreadsheet as numbers: different people became one."""
    text = identities.dtype == pl.String or isinstance(identities.dtype, pl.Categorical | pl.Enum)
    if not text and not identities.dtype.is_integer() and identities.dtype != pl.Null:
        raise UnsafeExport(
            f"{table.name}: {APPLICANT} is of type {identities.dtype}, which rounds identity numbers; "
            "export it as text"
        )
    plain = identities.cast(pl.String)
    rounded = plain.str.contains(ROUNDED).fill_null(value=False)
    if not rounded.any():
        rounded = plain.str.contains(ROUNDED_TAIL).fill_null(value=False)
        numbers = plain.str.contains(EIGHTEEN_DIGITS).sum()
        if numbers < FEW or 2 * rounded.sum() < numbers:
            return
    row = int(rounded.arg_true()[0]) + 1
    raise UnsafeExport(
        f"{table.name}: {APPLICANT} was rounded by a spreadsheet, first in row {row} ({rounded.sum()} rows), "
        "so different people may have become one; export the column as text"
    )
