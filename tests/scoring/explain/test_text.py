"""A sheet as text, in official Chinese and in plain English."""

import re

import pytest

import scoring
from scoring.explain import as_text
from scoring.explain.words import EDUCATION, REASON_ARTICLES, article, numeral, word
from scoring.explain.words import REASONS as REASON_WORDS
from tests.scoring.applicants import CREDENTIALS, NAMES, REASONS

from .explained import WHOLE, scored_of, sheet_of

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_head_in_chinese() -> None:
    """Round, applicant, rules, eligibility, total, rank, quota, cutoff, distance, verdict."""
    scored = scored_of({"insured_months": 12}, {"insured_months": 240})
    head, rules, eligible, result, *_ = as_text(scoring.explain(scored, "a1"), "zh").splitlines()
    assert head == "2020年度积分落户，申请人 a1"
    assert rules == "规则：《北京市积分落户操作管理细则》（beijing-2020）"
    assert eligible == "资格条件：符合。"
    assert result == (
        "总积分 23.00 分，第 2 名（符合条件者 2 人）；"
        "落户规模 1，分数线 80.00 分，低于分数线 57.00 分，未入围。"
    )


def test_the_head_in_english() -> None:
    """The same in English."""
    scored = scored_of({"insured_months": 12}, {"insured_months": 240})
    assert as_text(scoring.explain(scored, "a2"), "en").splitlines()[:4] == [
        "Points-based registration, round of 2020, applicant a2",
        "Rules: Operating Rules for Points-Based Household Registration in Beijing (beijing-2020)",
        "Eligible: yes.",
        "Total: 80.00 points, rank 1 of 2 eligible; quota 1, cutoff 80.00, at the cutoff: admitted.",
    ]


@pytest.mark.parametrize(
    ("quota", "zh", "en"),
    [
        (3, "高于分数线 3.00 分，入围。", "3.00 points above the cutoff: admitted."),
        (0, "总积分 23.00 分；本次没有分数线（落户规模 0）。", "there is no cutoff (quota 0)."),
    ],
)
def test_above_the_cutoff_and_without_one(quota: int, zh: str, en: str) -> None:
    """Who is above the cutoff reads by how much; without a cutoff there is nothing to be above."""
    sheet = scoring.explain(scored_of({"insured_months": 12}, {"insured_months": 240}, {}, quota=quota), "a1")
    assert as_text(sheet, "zh").splitlines()[3].endswith(zh)
    assert as_text(sheet, "en").splitlines()[3].endswith(en)


def test_several_reasons_with_their_articles() -> None:
    """Each failed condition is told with its article, and no rank is claimed."""
    sheet = sheet_of(back_paid_months=6, criminal_record=True, barred_through=2020)
    zh, en = (as_text(sheet, language).splitlines() for language in ("zh", "en"))
    assert zh[2:6] == [
        "资格条件：不符合。",
        "  社会保险补缴月数超过规定（第十四条第（三）项）。最多5个月，实际6个月。",
        "  有刑事犯罪记录（第十四条第（四）项）。",
        "  因提供虚假材料被取消申请资格（第十七条）。截至2020年（含当年）。",
    ]
    assert en[2:6] == [
        "Eligible: no.",
        "  Too many months of insurance were back-paid (Art. 14(3)). 5 months are allowed, there are 6.",
        "  A criminal record (Art. 14(4)).",
        "  Barred for false material (Art. 17). Through 2020, that year included.",
    ]
    assert not re.search("第 .* 名", zh[6])
    assert "rank" not in en[6]


def test_a_counterfactual_says_so() -> None:
    """Rules that were not in force for the round are announced above the result."""
    text = as_text(sheet_of("beijing-2020-draft"), "zh")
    assert "从未施行，用于2020年度的结果属于假设情形。" in text


@pytest.mark.parametrize("name", NAMES)
def test_every_item_has_points_article_and_sentence(name: str) -> None:
    """Each of the ten items stands with points, its article, and the law's sentence or why there is none."""
    text = as_text(sheet_of(name, **WHOLE), "zh")
    paragraphs = text.split("\n\n")[1:]
    assert len(paragraphs) == 10
    for paragraph in paragraphs:
        head, cited, *_ = paragraph.splitlines()
        assert re.fullmatch(r"\S+ -?\d+\.\d\d 分　(第十五条第（[一二三四五六七八九]）项|附件[23])", head), (
            head
        )
        assert re.fullmatch(r"  (“.+”|（未持有该条原文，.+）)", cited), cited


def test_english_is_english_but_for_the_law() -> None:
    """Chinese stands in an English sheet in the law's own sentences alone."""
    for line in as_text(sheet_of(**WHOLE), "en").splitlines():
        assert line.startswith("  “") or not CHINESE.search(line), line


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("10", "第十条", "Art. 10"),
        ("14(1)", "第十四条第（一）项", "Art. 14(1)"),
        ("15(9)", "第十五条第（九）项", "Art. 15(9)"),
        ("17", "第十七条", "Art. 17"),
        ("annex-2", "附件2", "Annex 2"),
    ],
)
def test_articles_are_named_as_the_law_names_them(name: str, zh: str, en: str) -> None:
    """An article is 第…条第（…）项 in Chinese and Art. in English."""
    assert (article(name, "zh"), article(name, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("number", "written"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_chinese_numerals(number: int, written: str) -> None:
    """Whole numbers below a hundred in Chinese."""
    assert numeral(number) == written


def test_every_reason_and_credential_has_words() -> None:
    """No reason, article of a reason or credential is left to stand as its key."""
    assert set(REASON_WORDS) == set(REASON_ARTICLES) == set(REASONS)
    assert set(EDUCATION) == set(CREDENTIALS)
    for words in (REASON_WORDS, EDUCATION):
        assert all(CHINESE.search(zh) and not CHINESE.search(en) for zh, en in words.values())
    assert word(REASON_WORDS, "an unknown reason", "zh") == "an unknown reason"
