"""What is said of a violation: a sentence in each language, with column, row, value and what would do."""

import re
from pathlib import Path

import pytest

from scoring.cohort import CohortError, Violation, merged, read
from scoring.cohort.contract_facts import FACTS
from scoring.cohort.sentences import SENTENCES
from scoring.cohort.violations import error, note, warning
from scoring.cohort.words import accepts, report, sentence, sentences
from tests.scoring.cohort.made import ROUND, RULES, csv, fact

# Whatever a sentence may ask for.
EVERYTHING = {
    "table": "facts",
    "column": "insured_months",
    "row": 7,
    "value": "12.0",
    "path": "cohort.csv",
    "nearest": "insured_month",
    "kind": "phone",
    "reason": "number",
    "columns": ("a", "b"),
    "found": ("a", "b"),
    "known": (".csv", ".xlsx"),
    **dict.fromkeys(
        ("suffix", "format", "separator", "cell", "others", "sheet", "made_under", "rules", "type", "file"),
        "x",
    ),
    **dict.fromkeys(("value_path", "was", "now", "reference", "since"), "x"),
    **dict.fromkeys(("tables", "files"), ("x", "y")),
    **dict.fromkeys(
        ("line", "utf8_line", "fields", "width", "position", "megabytes", "round", "first", "rows"), 3
    ),
    **dict.fromkeys(("elapsed", "window", "more"), 3),
}


@pytest.mark.parametrize("rule", sorted(SENTENCES))
def test_every_rule_has_a_sentence_in_both_languages(rule: str) -> None:
    """Nothing is left open in it, it is one line, and it ends like a sentence."""
    violation = error(rule, **EVERYTHING)
    zh, en = sentence(violation, "zh"), sentence(violation, "en")
    assert re.search("[\u4e00-\u9fff]", zh)
    assert zh.endswith("。")
    assert en.isascii()
    assert en.endswith(".")
    assert not re.search(r"[{}\n]|None", zh + en)


def test_every_rule_that_the_door_raises_has_a_sentence() -> None:
    """A code in the source without words would be a defect at the worst time."""
    folder = Path(read.__code__.co_filename).parent
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py") if path.stem != "sentences")
    raised = re.findall(r'\b(?:refuse|error|warning|note)\(\s*"(\w+)"', source)
    raised += re.findall(r'(?:Condition|_odd)\(\s*(?:name|"\w+"),\s*"(\w+)"', source)
    assert len(set(raised)) > 40
    assert set(raised) <= set(SENTENCES)


@pytest.mark.parametrize(
    ("violation", "zh", "en"),
    [
        (
            error("not_whole", table="facts", column="insured_months", row=5, value="12.0"),
            "第 5 行 insured_months：“12.0”不是整数；应填写 0 至 1200 的整数，只用半角数字。",
            (
                "Row 5, insured_months: '12.0' is not a whole number; "
                "write a whole number from 0 to 1200, in plain digits."
            ),
        ),
        (
            error("unknown_level", table="facts", column="sex", row=1, value="femal", nearest="female"),
            "第 1 行 sex：“femal”不在可填范围内（是否应为 female？）；应填写 female、male 之一。",
            (
                "Row 1, sex: 'femal' is not among the words allowed (did you mean female?); "
                "write one of female, male."
            ),
        ),
        (
            error("missing_column", table="facts", column="insured_months", nearest="insured_month"),
            "事实数据缺少 insured_months 列（是否即 insured_month 列？）。",
            "The facts have no column insured_months (is it the one called insured_month?).",
        ),
        (
            error("missing_column", table="points", column="tax", nearest=None),
            "积分数据缺少 tax 列。",
            "The points have no column tax.",
        ),
        (
            warning("total_differs", table="points", column="total", row=2, value="105.01"),
            "第 2 行 total：105.01 不等于十项积分之和；以十项之和为准。",
            "Row 2, total: 105.01 is not the sum of the ten columns; the sum is what counts.",
        ),
        (
            note("ignored_column", column="salary", reason="number"),
            "salary 列是数字，不能用作分组，已忽略。",
            "Column salary holds numbers, so it is no group and is ignored.",
        ),
    ],
)
def test_sentences_read_well(violation: Violation, zh: str, en: str) -> None:
    """Some of them, word for word."""
    assert sentence(violation, "zh") == zh
    assert sentence(violation, "en") == en


def test_what_is_accepted_is_said_for_each_kind() -> None:
    """Numbers with their bounds, words one by one, keys by the command that lists them."""
    assert accepts(FACTS.column("taxed_100k_years"), "zh") == "0 至 3 的整数，只用半角数字"
    assert accepts(FACTS.column("post"), "en") == "one of worker, cadre"
    assert accepts(FACTS.column("honour"), "en") == "a key that `jifen rules honours` lists, or nothing"


def test_a_million_bad_rows_are_a_few_lines(tmp_path: Path) -> None:
    """As many rows are listed as asked for; a last line says how many more there are."""
    rows = [fact(applicant_id=f"A{i}", sex="x") for i in range(50)]
    with pytest.raises(CohortError) as caught:
        read(csv(tmp_path, *rows), rules=RULES, round_year=ROUND, listed=3)
    lines = report(caught.value.violations, "en")
    assert lines[:3] == [
        f"error: Row {i}, sex: 'x' is not among the words allowed; write one of female, male."
        for i in (1, 2, 3)
    ]
    assert lines[3:] == ["error: 47 more rows have the same in sex."]
    assert sentences(caught.value.violations, "zh")[-1] == "sex 列另有 47 行有同样的问题。"


def test_an_error_says_its_first_violations(tmp_path: Path) -> None:
    """The text of the exception is a few lines, however much is wrong."""
    rows = [fact(applicant_id=f"A{i}", sex="x", post="y") for i in range(50)]
    with pytest.raises(CohortError) as caught:
        read(csv(tmp_path, *rows), rules=RULES, round_year=ROUND)
    lines = str(caught.value).splitlines()
    assert len(lines) == 12
    assert lines[-1] == "... and 30 more errors"


def test_parts_are_merged_by_rule_and_column() -> None:
    """Counts add up, the first rows stay, what concerns a column is said once, and errors come first."""
    left = (note("ignored_column", column="n", reason="number"), error("empty", column="a", row=1, count=2))
    right = (
        note("ignored_column", column="n", reason="number"),
        error("empty", column="a", row=9, count=3),
        error("empty", column="b", row=9),
    )
    assert [(one.rule, one.column, one.row, one.count) for one in merged([left, right], limit=5)] == [
        ("empty", "a", 1, 5),
        ("empty", "a", 9, 5),
        ("empty", "b", 9, 1),
        ("ignored_column", "n", None, 1),
    ]
    assert [one.row for one in merged([left, right], limit=1)] == [1, 9, None]
