"""Columns of the user's own: which become groups, which are ignored, which are refused."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from scoring.cohort import Cohort, CohortError, Violation
from tests.scoring.cohort.made import POINT, ROUND, RULES, admitted, csv, fact, only, point, typed

ROWS = 400
BASE = typed(*(fact(applicant_id=f"A{i:04d}") for i in range(ROWS)))


def with_column(name: str, values: list[Any] | pl.Series) -> pl.DataFrame:
    """Return a sound cohort of 400 with one more column, its values repeated."""
    series = pl.Series(name, values)
    return BASE.with_columns(pl.concat([series] * -(-ROWS // len(series))).head(ROWS).alias(name))


def cohort_with(name: str, values: list[Any] | pl.Series) -> Cohort:
    """Check a cohort with one more column, which must be taken."""
    return Cohort.from_frame(with_column(name, values), rules=RULES, round_year=ROUND)


def refusal_of(name: str, values: list[Any] | pl.Series) -> Violation:
    """Check a cohort with one more column, which must be the only thing refused."""
    with pytest.raises(CohortError) as caught:
        cohort_with(name, values)
    (violation,) = (one for one in caught.value.violations if one.severity == "error")
    return violation


@pytest.mark.parametrize(
    ("values", "levels"),
    [
        (["大型", "中型", "小型", None], ["中型", "大型", "小型"]),
        (["<=35", "36-40", ">=51"], ["36-40", "<=35", ">=51"]),
        ([f"unit {i}" for i in range(40)], sorted(f"unit {i}" for i in range(40))),
        (["高级", "中级", "初级", "无"], ["中级", "初级", "无", "高级"]),
        (
            ["朝阳区", "房山区", "海淀区", "江苏省", "安徽省", "云南省"],
            sorted(["朝阳区", "房山区", "海淀区", "江苏省", "安徽省", "云南省"]),
        ),
    ],
)
def test_categories_become_groups(values: list[str | None], levels: list[str]) -> None:
    """A column of few and repeated words is kept, as an enumeration of the words that occur."""
    cohort = cohort_with("category", values)
    assert cohort.groups == ("category",)
    assert cohort.frame.schema["category"] == pl.Enum(levels)
    assert cohort.frame["category"].head(len(values)).to_list() == values
    assert cohort.notices == ()


def test_yes_and_no_become_a_group() -> None:
    """A flag breaks a cohort down as well as a word does."""
    cohort = cohort_with("married", [True, False, None])
    assert cohort.groups == ("married",)
    assert cohort.frame.schema["married"] == pl.Boolean


def test_yes_and_no_are_read_from_text(tmp_path: Path) -> None:
    """``true`` and ``FALSE`` in a CSV are the same group as flags in Parquet."""
    rows = [fact(married="true"), fact(applicant_id="A0002", married="FALSE")]
    assert admitted(csv(tmp_path, *rows)).frame["married"].to_list() == [True, False]


def test_an_enumeration_keeps_its_order() -> None:
    """Whoever ordered the levels wants them in that order."""
    dtype = pl.Enum(["low", "middle", "high"])
    assert cohort_with("income", pl.Series(["high", "low"], dtype=dtype)).frame.schema["income"] == dtype


def test_the_contracts_own_groups_come_first() -> None:
    """Districts and sector are groups; the employer and the number of children are kept and are none."""
    frame = with_column("team", ["red", "blue"]).with_columns(
        sector=pl.lit("金融业"),
        home_district=pl.lit("东城区"),
        job_district=pl.lit("经济技术开发区"),
        employer_id=pl.Series([f"E{i % 90}" for i in range(ROWS)]),
        minor_children=pl.lit(1, dtype=pl.Int64),
    )
    cohort = Cohort.from_frame(frame, rules=RULES, round_year=ROUND)
    assert cohort.groups == ("home_district", "job_district", "sector", "team")
    assert {"employer_id", "minor_children"} <= set(cohort.frame.columns)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([1, 2, 3], "number"),
        ([1.5, 2.5], "number"),
        (["1", "2", "3"], "number"),
        (["01", "02"], "number"),
        (["1.5", "-2e3", "3%"], "number"),
        (["2019", "2020"], "number"),
        (["2019-01-01", "2020-12-31"], "date"),
        (["2019-01", "2019/2/3", "2019年1月"], "date"),
        (pl.Series([1, 2]).cast(pl.Date), "date"),
        ([f"v{i}" for i in range(51)], "many"),
        ([f"v{i}" for i in range(400)], "many"),
        ([None], "empty"),
        (pl.Series([None], dtype=pl.String), "empty"),
        ([[1], [2]], "nested"),
        ([{"a": 1}], "nested"),
    ],
)
def test_what_is_no_category_is_ignored_with_a_note(values: list[Any] | pl.Series, reason: str) -> None:
    """Numbers, dates and columns of many values are left out, and the reader is told."""
    cohort = cohort_with("more", values)
    assert (cohort.groups, "more" in cohort.frame.columns) == ((), False)
    assert [(one.rule, one.column, one.data["reason"]) for one in cohort.notices] == [
        ("ignored_column", "more", reason)
    ]


def test_many_levels_need_many_people() -> None:
    """Between 51 and 200 levels a column is a group when ten people share each on average; beyond, never."""
    for people, levels, group in ((600, 60, True), (590, 60, False), (2000, 200, True), (4000, 201, False)):
        frame = (
            typed(fact())
            .select(pl.all().repeat_by(people).explode())
            .with_columns(
                applicant_id=pl.Series([f"A{i}" for i in range(people)]),
                more=pl.Series([f"v{i % levels}" for i in range(people)]),
            )
        )
        assert bool(Cohort.from_frame(frame, rules=RULES, round_year=ROUND).groups) is group


def test_an_empty_optional_column_is_left_out() -> None:
    """A template's unused columns are no groups."""
    frame = BASE.with_columns(
        sector=pl.lit(None, dtype=pl.String), home_district=pl.lit(None, dtype=pl.String)
    )
    cohort = Cohort.from_frame(frame, rules=RULES, round_year=ROUND)
    assert cohort.groups == ()
    assert {one.column for one in cohort.notices} == {"sector", "home_district"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[
            (name, "person_name")
            for name in ("name", "Name", "姓名", "申请人姓名", "full_name", "applicantName", "xm")
        ],
        *[
            (name, "id_number")
            for name in ("身份证号", "id_card", "ID No", "idNumber", "证件号码", "passport_no")
        ],
        *[(name, "phone") for name in ("phone", "手机", "联系电话", "mobile_number", "tel", "微信号")],
        *[(name, "address") for name in ("address", "home_address", "住址", "通讯地址", "addr")],
        *[(name, "email") for name in ("email", "E-mail", "电子邮箱", "contact_email")],
        *[(name, "employer_name") for name in ("单位名称", "employer_name", "companyName")],
    ],
)
def test_a_column_named_for_identity_is_refused(name: str, kind: str) -> None:
    """Whatever stands in it, a column called so has no place in a cohort."""
    violation = refusal_of(name, ["x", "y"])
    assert (violation.rule, violation.column, violation.data["kind"]) == ("identity_column", name, kind)


@pytest.mark.parametrize(
    "name", ["team", "telescope", "emailed", "phonetics", "district_name", "grade", "unit_type"]
)
def test_other_names_are_no_identity(name: str) -> None:
    """A word within a word is none, and a name need not be a person's."""
    assert cohort_with(name, ["red", "blue"]).groups == (name,)


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("11010519491231002X", "id_number", "1*****************"),
        ("11010519491231002x", "id_number", "1*****************"),
        ("证件 440524188001010014", "id_number", "证*****************"),
        ("13800138000", "phone", "1**********"),
        ("138-0013-8000", "phone", "1************"),
        ("+86 138 0013 8000", "phone", "+****************"),
        ("010-12345678", "phone", "0***********"),
        ("someone@example.org", "email", "s*****************"),
        ("某某科技有限公司", "employer_name", "某*******"),
        ("中山路12号", "address", "中*****"),
        ("幸福里3号楼2单元501室", "address", "幸************"),
    ],
)
def test_one_cell_of_identity_is_enough(value: str, kind: str, shown: str) -> None:
    """Among 399 harmless values one that names a person or a place is found, and masked in the message."""
    values = ["red", "blue"] * 200
    values[123] = value
    violation = refusal_of("remark", values)
    assert (violation.rule, violation.data["kind"], violation.row, violation.value) == (
        "identity",
        kind,
        124,
        shown,
    )
    assert violation.count == 1


def test_identity_in_numbers_is_found() -> None:
    """A telephone number and an identity number are refused as numbers too."""
    for values, kind in (
        ([13800138000 + i for i in range(9)], "phone"),
        ([110105194912310021 + i for i in range(9)], "id_number"),
    ):
        assert refusal_of("code", values).data["kind"] == kind


def test_long_numbers_that_are_no_identity_are_only_ignored() -> None:
    """Of many numbers of 18 digits some hold a birth date by chance, and an amount may have eleven."""
    for values in (
        [123456789012345678 + 7919 * i for i in range(400)],
        [20_000_000_000 + i for i in range(400)],
    ):
        assert cohort_with("code", values).notices[0].data["reason"] == "number"


PEOPLE = ["王小明", "李雷", "韩梅梅", "张伟", "欧阳修远", "刘洋", "陈静", "赵敏"]


def test_names_of_people_are_refused_whatever_the_column_is_called() -> None:
    """A column whose values all look like names is one of names."""
    assert refusal_of("owner", PEOPLE).data["kind"] == "person_name"


def test_names_among_other_words_are_refused_in_a_column_named_for_names() -> None:
    """There half is enough."""
    mixed = [*PEOPLE[:4], "无", "未知", "待定", "空缺"]
    for name in ("team_name", "申请人", "spouse", "审核人", "受理人员"):
        assert refusal_of(name, mixed).data["kind"] == "person_name"
    assert cohort_with("state", mixed).groups == ("state",)
    assert cohort_with("是否军人", ["是", "否"]).groups == ("是否军人",)


REMARKS = (
    "因病于去年停缴社会保险，今年已恢复",
    "该申请人曾因父亲患病请假三个月回原籍照料",
    "has asked twice about her daughter",
    "Paid late.",
)


def test_free_text_is_refused() -> None:
    """Sentences that each occur once tell of people; long labels that repeat do not."""
    for remark in REMARKS:
        assert refusal_of("remark", ["none"] * 399 + [remark]).data["kind"] == "free_text"
        assert refusal_of("remark", [f"{i} {remark}" for i in range(400)]).data["kind"] == "free_text"
    labels = [
        "Manufacture of wearing apparel, textiles and leather",
        "电力、热力、燃气及水生产和供应业及其他",
    ]
    assert cohort_with("branch", labels).groups == ("branch",)


@pytest.mark.parametrize("value", ["11010519491231002X", "13800138000", "someone@example.org"])
@pytest.mark.parametrize("column", ["applicant_id", "employer_id"])
def test_a_pseudonym_that_is_none_is_refused(column: str, value: str, tmp_path: Path) -> None:
    """The contract's own text columns are looked through as well."""
    rows = fact(employer_id="E1"), fact(employer_id="E2", applicant_id="A0002") | {column: value}
    violation = only(csv(tmp_path, *rows))
    assert (violation.rule, violation.column, violation.row) == ("identity", column, 2)
    assert value not in str(violation)


def test_names_are_no_pseudonyms(tmp_path: Path) -> None:
    """An applicant is not called by name."""
    rows = [fact(applicant_id=name) for name in PEOPLE]
    violation = only(csv(tmp_path, *rows))
    assert (violation.rule, violation.data["kind"], violation.value) == ("identity", "person_name", "王**")


@pytest.mark.parametrize("value", ["a" * 64, "0f3a" * 16, "20200000001", "P-000001", "甲001", "申请人一"])
def test_pseudonyms_of_many_kinds_are_taken(value: str, tmp_path: Path) -> None:
    """Digests, sequences and plain labels name nobody."""
    assert admitted(csv(tmp_path, fact(applicant_id=value))).frame["applicant_id"].to_list() == [value]


def test_identity_in_any_column_is_masked(tmp_path: Path) -> None:
    """A telephone number that slipped into a column of months is not repeated in the message."""
    violation = only(csv(tmp_path, fact(insured_months="13800138000")))
    assert violation.value == "1**********"
    assert only(csv(tmp_path, fact(sex="王小明"))).value == "王**"


def test_results_of_an_earlier_scoring_are_left_out_of_facts() -> None:
    """Scoring makes these columns anew, so that no group may bear their names."""
    for name in ("rank", "admitted", "age_band", "education_level", "employment", "eligible"):
        cohort = cohort_with(name, ["a", "b"])
        assert cohort.groups == ()
        assert [(one.rule, one.column) for one in cohort.notices] == [("result_column", name)]


def test_points_of_an_earlier_scoring_are_read_again(tmp_path: Path) -> None:
    """Who was admitted is ignored with a note, who was not eligible is warned of, and traits stay groups."""
    more = {
        "eligible": "true",
        "ineligible_because": "",
        "rank": "1",
        "admitted": "true",
        "age_band": "36-40",
        "education_level": "master",
    }
    rows = [point() | more, point() | more | {"eligible": "false", "rank": ""}]
    cohort = admitted(csv(tmp_path, *({"applicant_id": f"A{i}"} | row for i, row in enumerate(rows))))
    assert cohort.groups == ("age_band", "education_level")
    assert [(one.severity, one.rule, one.column, one.row) for one in cohort.notices] == [
        ("warning", "not_eligible", "eligible", 2),
        *[
            ("note", "result_column", name, None)
            for name in ("eligible", "ineligible_because", "rank", "admitted")
        ],
    ]


def test_age_bands_are_not_taken_from_two_sources(tmp_path: Path) -> None:
    """With a year of birth the bands are worked out, and a column of that name is left out."""
    cohort = admitted(csv(tmp_path, point(birth_year="1974", age_band="36-40")))
    assert cohort.groups == ()


def test_missing_pseudonyms_are_row_numbers(tmp_path: Path) -> None:
    """The published list has none: rows are numbered from 1, and a note says so."""
    cohort = admitted(csv(tmp_path, point(), point()))
    assert cohort.frame.columns == ["applicant_id", *POINT]
    assert cohort.frame["applicant_id"].to_list() == ["1", "2"]
    assert [one.rule for one in cohort.notices] == ["row_numbers"]


def test_facts_need_pseudonyms(tmp_path: Path) -> None:
    """Only at points level does a row number stand in."""
    row = {name: value for name, value in fact().items() if name != "applicant_id"}
    assert (only(csv(tmp_path, row)).rule, only(csv(tmp_path, row)).column) == (
        "missing_column",
        "applicant_id",
    )


def test_a_column_of_pseudonyms_that_nobody_filled_in_is_none(tmp_path: Path) -> None:
    """The template offers the column; at points level it may stay empty, but not half empty."""
    empty = {"applicant_id": ""} | point()
    assert admitted(csv(tmp_path, empty, empty)).frame["applicant_id"].to_list() == ["1", "2"]
    half = {"applicant_id": "A1"} | point()
    assert [(one.rule, one.row) for one in [only(csv(tmp_path, half, empty))]] == [("empty", 2)]
