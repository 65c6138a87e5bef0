"""The risk report: the same in Chinese, in English and as JSON, and no value of anybody in it."""

import json

import pytest

from synthetic_data.deidentify import Report, markdown
from synthetic_data.deidentify.report import Births
from synthetic_data.deidentify.risk import Anonymity, Diversity, Option, Risk
from synthetic_data.deidentify.treatment import Treatment
from synthetic_data.deidentify.words import COLUMNS, HEADINGS, LEVELS, LIMITS, SENTENCES, STEPS

COUNTED = Anonymity(people=200, classes=40, k=1, unique=3, few=17)
LEFT_OUT = Anonymity(people=200, classes=9, k=11, unique=0, few=0)
REPORT = Report(
    level="facts",
    rows={"facts": 200},
    births=Births("rules", (2018, 2099), ("beijing-2020",)),
    threshold=10,
    treatments=(
        Treatment("facts", "applicant_id", "pseudonym", {"count": 200}),
        Treatment("facts", "姓名", "named", {"kind": "person_name"}),
        Treatment("facts", "备注", "holds", {"kind": "phone", "rows": 7}),
        Treatment("facts", "code", "no_group", {"reason": "many"}),
        Treatment("facts", "rank", "result"),
        Treatment("facts", "birth_date", "days", {"before": 180, "after": 40, "changed": 0}),
        Treatment("facts", "户籍地", "merged", {"categories": 2, "people": 12, "others": "其他"}),
        Treatment("facts", "home_district", "merged", {"categories": 1, "people": 11, "others": None}),
        Treatment("facts", "party", "merged_away", {"categories": 2, "people": 200, "others": None}),
        Treatment("facts", "detentions", "missing"),
    ),
    risk=Risk(
        quasi=("birth_date", "sex"),
        threshold=10,
        anonymity=COUNTED,
        diversity=(Diversity("tax_penalties", 3, 1, 150, 2),),
        options=(Option("birth_date", 40, "year", COUNTED, LEFT_OUT, scores=True),),
        whole=Anonymity(people=200, classes=200, k=1, unique=200, few=200),
    ),
    files_left=1,
    sheets_left=True,
)


def test_the_chinese_report_says_what_was_done_and_what_remains() -> None:
    """Every treatment is a sentence, and k, unique people, l and the next step are there."""
    text = markdown(REPORT, "zh")
    for part in (
        "# 去标识化风险报告",
        "`姓名`：从列名看是姓名，已删除。",
        "`备注`：内容含有电话号码或联系方式（7 行），已删除整列。",
        "`户籍地`：不足 10 人的类别已合并为“其他”，共 2 类、12 人。",
        "`home_district`：不足 10 人的类别已合并为空值",
        "`birth_date`：日期由 180 种减为 40 种",
        "k = 1；共 40 个等价类；唯一者 3 人（1.50%）；所在等价类不足 10 人者 17 人（8.50%）。",
        "| `tax_penalties` | 3 | 1 | 150 | 2 |",
        "| `birth_date` | 40 | 只留年份 | 3 | 17 | 0 | 0 |",
        "GB/T 37964-2019《信息安全技术 个人信息去标识化指南》",
        "文件夹中另有 1 个文件不是记录表，未读取。",
        "工作簿中的其他工作表未读取。",
        "不标注条款号",
    ):
        assert part in text


def test_the_english_report_says_the_same() -> None:
    """The same numbers stand in both languages, and no Chinese but names and the standard's title."""
    text = markdown(REPORT, "en")
    for part in (
        "# Risk report of a de-identification",
        "`备注`: holds a telephone number or contact (7 rows); the whole column is dropped.",
        "k = 1; 40 classes; 3 people are unique (1.50%); 17 people are in classes of fewer than 10 (8.50%).",
        "| `birth_date` | 40 | keep the year | 3 | 17 | 0 | 0 |",
        "no clause number is given",
    ):
        assert part in text


def test_the_json_report_holds_the_numbers() -> None:
    """Other programs read k, shares and treatments from one document."""
    document = json.loads(REPORT.as_json())
    assert document["risk"]["anonymity"]["k"] == 1
    assert document["risk"]["anonymity"]["share_unique"] == 0.015
    assert document["risk"]["options"][0]["left_out"]["k"] == 11
    assert document["treatments"][1] == {
        "table": "facts",
        "column": "姓名",
        "done": "named",
        "kind": "person_name",
    }
    assert document["standard"] == {"name": "GB/T 37964-2019", "text_held": False}


@pytest.mark.parametrize(
    ("births", "said"),
    [
        (
            Births("rules", (2020, 2020), ("beijing-2020",)),
            "2020 年度、规则 beijing-2020 下，年龄、退休与全部积分均不变；不得用于其他年度",
        ),
        (
            Births("year", (2018, 2099), ("beijing-2020",), 4),
            "只保留到年：4 人是否已达法定退休年龄可能因此改变",
        ),
        (Births("month", (2018, 2099), ("beijing-2020",), 1), "只保留到月：1 人"),
    ],
)
def test_what_was_kept_of_birth_dates_is_said(births: Births, said: str) -> None:
    """For one round, or coarsened on request with the number of people for whom it may matter."""
    report = Report("facts", {"facts": 200}, births, 10, (), REPORT.risk)
    assert said in markdown(report, "zh")


def test_a_report_without_quasi_identifiers_or_sensitive_items() -> None:
    """Where there is nothing to measure, it says so."""
    risk = Risk((), 10, LEFT_OUT, (), (), LEFT_OUT)
    text = markdown(Report("points", {"points": 200}, None, 10, (), risk), "en")
    assert "There are no quasi-identifiers." in text
    assert "There are no sensitive items." in text


def test_every_sentence_is_in_both_languages() -> None:
    """English has no Chinese marks, Chinese no Latin full stop, and both have the same blanks to fill."""
    pairs = [*HEADINGS.values(), *LEVELS.values(), *SENTENCES.values(), *STEPS.values(), *LIMITS]
    pairs += [pair for columns in COLUMNS.values() for pair in columns]
    for pair in pairs:
        assert not set(pair["en"]) & set("，。；：（）")
        assert not pair["zh"].endswith(".")
        assert {part.split("}")[0] for part in pair["zh"].split("{")[1:]} == {
            part.split("}")[0] for part in pair["en"].split("{")[1:]
        }
