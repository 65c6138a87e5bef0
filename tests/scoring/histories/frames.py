"""Turn plain records into the frames that the door hands on: the contract's columns and types."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from scoring.cohort.contract import Kind
from scoring.cohort.contract_histories import HISTORIES
from scoring.cohort.parse import narrow_type
from scoring.rulebook import Rulebook

Tables = dict[str, pl.DataFrame]

PERSON = {
    "birth_date": date(1985, 2, 28),
    "sex": "female",
    "post": "cadre",
    "residence_permit_date": date(2017, 5, 1),
    "criminal_record": False,
    "minor_children": 1,
}


def frames(
    people: Sequence[Mapping[str, Sequence[Mapping[str, Any]]]],
    rules: Rulebook,
    *,
    money: pl.DataType | None = None,
) -> Tables:
    """Lay the records of some people out in the tables of the contract, with pseudonyms p0, p1 ...

    ``money`` is the type of yuan and shares: 64-bit floats when not given.
    """
    keys = {"awards": rules.award_keys, "honours": rules.honour_keys}
    rows = {
        table.name: [
            {"applicant_id": f"p{number}", **record}
            for number, person in enumerate(people)
            for record in ([PERSON] if table.name == "applicants" else person.get(table.name, ()))
        ]
        for table in HISTORIES
    }
    schemas = {
        table.name: {
            column.name: (money or pl.Float64())
            if column.kind in (Kind.YUAN, Kind.FRACTION)
            else narrow_type(column, keys.get(column.annex, ()))
            for column in table.columns
            if column.required or column.name in PERSON
        }
        for table in HISTORIES
    }
    return {name: pl.DataFrame(rows[name], schema=schema) for name, schema in schemas.items()}
