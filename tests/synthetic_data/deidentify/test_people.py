"""What is known of a person: from histories the highest degree, the latest districts, and what harms them."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
import pytest

from scoring.cohort.contract import Table
from scoring.cohort.contract_histories import APPLICANTS, DEGREES, DWELLINGS, INSURANCE, PENALTIES
from scoring.cohort.contract_points import POINTS
from scoring.errors import UnknownName
from synthetic_data.deidentify.people import People, people_in
from synthetic_data.deidentify.tables import Safe


def safe(table: Table, rows: Sequence[Mapping[str, object]], *groups: str) -> Safe:
    """Wrap some rows as a treated table."""
    return Safe(table, pl.DataFrame(rows), groups, (), ())


def spell(who: str, first: int, last: int, district: str) -> dict[str, object]:
    """Give a spell in a district, by years."""
    return {
        "applicant_id": who,
        "first_month": date(first, 1, 1),
        "last_month": date(last, 1, 1),
        "district": district,
    }


HISTORIES = {
    "applicants": safe(
        APPLICANTS,
        [
            {
                "applicant_id": who,
                "birth_date": date(1980, 1, 1),
                "sex": sex,
                "criminal_record": False,
                "户籍地": "河北省",
            }
            for who, sex in (("A1", "female"), ("A2", "male"), ("A3", "male"))
        ],
        "户籍地",
    ),
    "dwellings": safe(
        DWELLINGS,
        [
            spell("A1", 2012, 2015, "海淀区"),
            spell("A1", 2010, 2019, "昌平区"),
            spell("A2", 2000, 2020, "西城区"),
        ],
    ),
    "insurance": safe(INSURANCE, [spell("A1", 2010, 2019, "municipal"), spell("A2", 2010, 2019, "朝阳区")]),
    "degrees": safe(
        DEGREES,
        [{"applicant_id": "A1", "level": level} for level in ("doctor", "bachelor")]
        + [{"applicant_id": "A2", "level": "bachelor"}],
    ),
    "penalties": safe(
        PENALTIES, [{"applicant_id": "A2", "kind": kind} for kind in ("detention", "detention")]
    ),
}


def people(*quasi: str) -> People:
    """Put together what is known of the three."""
    return people_in("histories", HISTORIES, quasi)


def test_records_become_one_row_a_person() -> None:
    """The latest district, the highest level, a penalty or none; who has no record has none."""
    table = people().table.drop("birth_date", "criminal_record", "户籍地")
    assert table.columns == [
        "sex",
        "home_district",
        "job_district",
        "education",
        "detention",
        "tax_fine",
        "false_material",
    ]
    assert table.rows() == [
        ("female", "昌平区", None, "doctor", False, False, False),
        ("male", "西城区", "朝阳区", "bachelor", True, False, False),
        ("male", None, None, None, False, False, False),
    ]


def test_quasi_identifiers_are_what_is_commonly_known_and_every_group() -> None:
    """Birth, sex, degree, districts and the user's own groups; not the pseudonym, not what harms."""
    assert set(people().quasi) == {
        "birth_date",
        "sex",
        "education",
        "home_district",
        "job_district",
        "户籍地",
    }


def test_what_harms_is_looked_at() -> None:
    """A detention is held against whom it was decided on, and only them."""
    assert people().against["detention"].to_list() == [False, True, False]
    assert set(people().against) == {"criminal_record", "detention", "tax_fine", "false_material"}


def test_quasi_identifiers_may_be_chosen_and_a_misspelt_one_is_refused() -> None:
    """What is named is taken, once; a name that is no column is said with the nearest."""
    assert people("sex", "home_district", "sex").quasi == ("sex", "home_district")
    with pytest.raises(UnknownName, match=r"no column home_distrct is left .* did you mean home_district"):
        people("home_distrct")


def test_records_tell_people_apart_that_are_alike_otherwise() -> None:
    """Two people with the same records in another order are alike; one record more, and they are not."""
    rows = [{"applicant_id": who, "birth_date": date(1980, 1, 1)} for who in ("A1", "A2", "A3")]
    years = [
        ("A1", 2010, 2012),
        ("A1", 2013, 2014),
        ("A2", 2013, 2014),
        ("A2", 2010, 2012),
        ("A3", 2010, 2012),
    ]
    spells = [spell(who, first, last, "海淀区") for who, first, last in years]
    tables = {"applicants": safe(APPLICANTS, rows), "insurance": safe(INSURANCE, spells)}
    found = people_in("histories", tables, ())
    assert found.records is not None
    first, second, third = found.records.get_column("insurance")
    assert first == second != third


def test_points_taken_away_are_held_against_somebody() -> None:
    """In a table of points, negative ones tell of penalties and detentions."""
    rows: list[dict[str, object]] = [
        {"birth_year": 1980, "tax": -12, "law_abiding": 0},
        {"birth_year": 1980, "tax": 6, "law_abiding": -30},
    ]
    found = people_in("points", {"points": safe(POINTS, rows)}, ())
    assert {item: adverse.to_list() for item, adverse in found.against.items()} == {
        "law_abiding": [False, True],
        "tax": [True, False],
    }
    assert found.quasi == ("birth_year",)
