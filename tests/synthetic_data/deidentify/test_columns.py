"""Which columns stay: the contract's and groups; whatever is identity, by name or by content, goes."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from scoring.cohort.contract_facts import FACTS
from scoring.cohort.contract_histories import INSURANCE
from scoring.cohort.contract_points import POINTS
from synthetic_data.deidentify import UnsafeExport
from synthetic_data.deidentify.columns import sort_columns

from .exports import facts_export, person

MANY = 60
FRAME = facts_export(MANY).frame().select(FACTS.required)
PEOPLE = [person(number, date(1980, 1, 1)) for number in range(MANY)]


def fate(name: str, values: list[Any]) -> tuple[str, Any]:
    """Say what becomes of one more column of facts: what was done, and the kind or the reason."""
    columns = sort_columns(FRAME.with_columns(pl.Series(name, values, strict=False)), FACTS)
    if not columns.treatments:
        assert columns.groups == (name,)
        return "group", None
    (one,) = columns.treatments
    assert (one.column, columns.groups) == (name, ())
    return one.done, one.data.get("kind") or one.data.get("reason")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("姓名", "person_name"),
        ("配偶姓名", "person_name"),
        ("applicantName", "person_name"),
        ("身份证号码", "id_number"),
        ("ID card", "id_number"),
        ("手机", "phone"),
        ("Mobile Phone", "phone"),
        ("电子邮箱", "email"),
        ("户籍地址", "address"),
        ("工作单位名称", "employer_name"),
    ],
)
def test_identity_by_name(name: str, kind: str) -> None:
    """A column named for identity goes, whatever stands in it."""
    assert fate(name, ["x"] * MANY) == ("named", kind)


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("编号", [one.id_number for one in PEOPLE], "id_number"),
        ("编号", [int(one.id_number.replace("X", "0")) for one in PEOPLE], "id_number"),
        ("备用", [*["-"] * (MANY - 1), PEOPLE[0].id_number], "id_number"),
        ("备用", [one.phone for one in PEOPLE], "phone"),
        ("备用", [int(one.phone) for one in PEOPLE], "phone"),
        ("备用", [f"打{one.phone}" for one in PEOPLE], "phone"),
        ("备用", [one.email for one in PEOPLE], "email"),
        ("经办人名", [one.name for one in PEOPLE], "person_name"),
        ("备用", [one.address for one in PEOPLE], "address"),
        ("备用", [one.employer for one in PEOPLE], "employer_name"),
        ("备注", [f"该申请人情况特殊。第{number}次来访" for number in range(MANY)], "free_text"),
    ],
)
def test_identity_by_content(name: str, values: list[Any], kind: str) -> None:
    """Identity goes under whatever name, as text or as number, in every row or in one."""
    assert fate(name, values) == ("holds", kind)


@pytest.mark.parametrize(
    ("name", "values", "reason"),
    [
        ("social_security", list(range(MANY)), "number"),
        ("visited", [date(2019, 1, 1 + number % 28) for number in range(MANY)], "date"),
        ("code", [f"c{number}" for number in range(MANY)], "many"),
        ("nothing", [None] * MANY, "empty"),
    ],
)
def test_what_nothing_reads_goes_too(name: str, values: list[Any], reason: str) -> None:
    """Numbers, dates and serial codes of the user's own may point at people and serve nothing."""
    assert fate(name, values) == ("no_group", reason)


def test_categories_stay() -> None:
    """Words many people share, and yes and no, are groups; surnames alone are no names of people."""
    assert fate("户籍地", ["河北省", "山东省"] * (MANY // 2)) == ("group", None)
    assert fate("party", [True, False] * (MANY // 2)) == ("group", None)
    assert fate("职称", ["高级", "中级"] * (MANY // 2)) == ("group", None)


def test_results_of_an_earlier_scoring_go() -> None:
    """A rank or a total would find people on a public list."""
    assert fate("rank", list(range(MANY))) == ("result", None)


def test_a_sector_is_looked_at_like_any_other_column() -> None:
    """The contract leaves the words of a sector to the user, so they may hold anything."""
    assert fate("sector", [one.phone for one in PEOPLE]) == ("holds", "phone")
    assert fate("sector", ["制造业", "金融业"] * (MANY // 2)) == ("group", None)


def test_record_tables_have_no_groups() -> None:
    """In a table of spells, what the contract does not know goes, the categories too."""
    frame = pl.DataFrame({name: ["x"] * MANY for name in (*INSURANCE.names, "经办", "姓名")})
    columns = sort_columns(frame, INSURANCE)
    assert (columns.of_contract, columns.groups) == (INSURANCE.names, ())
    assert [(one.column, one.done) for one in columns.treatments] == [("经办", "no_place"), ("姓名", "named")]


def test_a_missing_column_is_said_and_a_misspelt_one_refused() -> None:
    """What is absent is left to the cohort's check; what is there under a wrong name would be lost unseen."""
    (one,) = sort_columns(FRAME.drop("detentions"), FACTS).treatments
    assert (one.column, one.done) == ("detentions", "missing")
    with pytest.raises(UnsafeExport, match=r"no column detentions.* called detention\b"):
        sort_columns(FRAME.rename({"detentions": "detention"}), FACTS)


def test_points_may_say_the_year_of_birth() -> None:
    """The optional columns of points stay."""
    frame = pl.DataFrame({name: [0] for name in (*POINTS.names, "rank")})
    columns = sort_columns(frame, POINTS)
    assert columns.of_contract == POINTS.names
    assert [one.done for one in columns.treatments] == ["result"]
