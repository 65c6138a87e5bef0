"""The redline: amended articles as an office would write them, changes where the law's sentence has them."""

import re
import tomllib
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from scoring import Rulebook
from scoring.reform import Reform
from scoring.reform.labels import label, value
from scoring.reform.marking import marked, phrases, side
from scoring.reform.redline import numbered, redline
from scoring.reform.redline_text import as_html, as_markdown, as_text
from scoring.rulebook import PARAMETERS
from scoring.rulebook.wording import age_sentence

RULES = Rulebook.load("beijing-2020")
DRAFT = Rulebook.load("beijing-2020-draft")
CLAUSES = tomllib.loads((Path(__file__).parent / "clauses.toml").read_text("utf-8"), parse_float=Decimal)[
    "case"
]
WORDS = {"reason": "理由在此。", "source": "某报告"}
SERVICE: dict[str, object] = {
    "added.service.title": "志愿服务",
    "added.service.title_en": "Volunteering",
    "added.service.column": "service_years",
    "added.service.unit": "年",
    "added.service.unit_en": "year",
    "added.service.points_each": Decimal("0.5"),
    "added.service.max_points": 3,
}


def reform(changes: dict[str, Any], rules: Rulebook = RULES) -> Reform:
    """Make a reform with a reason and a source."""
    return Reform.from_changes(rules, changes, title="试改", **WORDS)


def clause(changes: dict[str, Any], language: Any = "zh") -> str:
    """Give the one clause of a reform."""
    (one,) = redline(reform(changes), language)
    return one.clause


@pytest.mark.parametrize("case", CLAUSES, ids=[case["en"][:40] for case in CLAUSES])
def test_a_clause_amends_the_law(case: dict[str, Any]) -> None:
    """Each kind of change is written as legislative practice has it, in both languages."""
    assert clause(case["changes"]) == case["zh"]
    assert clause(case["changes"], "en") == case["en"]


def test_a_ladder_of_age_is_written_in_the_law_s_words() -> None:
    """The baseline's sentence is rebuilt to the letter from its steps; clauses that stay are not struck."""
    for rules in (RULES, DRAFT):
        assert age_sentence(rules.ladder("age.ladder")) == rules.value("age.ladder").citation.sentence
    steps = [{"up_to": 45, "points": 20}, {"up_to": 46, "points": 16}, {"up_to": 50, "points": 10}]
    pieces, told = marked(["age.ladder"], reform({"age.ladder": steps}))
    assert told == ("age.ladder",)
    assert pieces[0].text == "申请人年龄不超过45周岁的，加20分；45周岁以上不超过46周岁的，加16分；"
    assert side(pieces, "new") == (
        "申请人年龄不超过45周岁的，加20分；45周岁以上不超过46周岁的，加16分；46周岁以上不超过50周岁的，加10分。"
        "50周岁以上不加分。"
    )


def test_every_marked_sentence_is_the_law_s_own() -> None:
    """Whatever is marked, the old side is the sentence as the rulebook has it, and the new one is another."""
    seen = 0
    for path in RULES:
        old = RULES[path]
        if isinstance(old, bool) or not isinstance(old, Decimal | int) or path == "tax.window_years":
            continue
        step = -1 if old < 0 else 1
        made = reform({path: old + step})
        pieces, told = marked([path], made)
        if told:
            seen += 1
            assert side(pieces, "old") == RULES.value(path).citation.sentence, path
            assert side(pieces, "new") != side(pieces, "old"), path
            before, after = phrases(pieces)
            assert before in side(pieces, "old")
            assert after in side(pieces, "new")
    assert seen > 100


def test_a_number_that_is_another_value_s_too_is_not_marked() -> None:
    """Three caps share one sentence: one alone is told by name, all three together in the sentence."""
    caps = [f"job_housing_area.{one}max_points" for one in ("home_", "home_and_job_", "")]
    assert clause({caps[2]: 9}) == (
        "将第十五条第（四）项中的职住区域积分上限由12分调整为9分（条文原文未直接载明该数值）。"
    )
    assert clause(dict.fromkeys(caps, 9)) == "将第十五条第（四）项中的“最高加12分”修改为“最高加9分”。"


def test_amendments_come_in_the_order_of_the_articles() -> None:
    """However the reform was written, eligibility stands before indicators, annexes last."""
    changes: dict[str, Any] = {
        **SERVICE,
        "education.points.doctor": 39,
        "tax.max_points": 8,
        "employment.points_per_year": 4,
        "eligibility.continuous_months": 60,
        "rounding.rule": "toward_zero",
    }
    made = redline(reform(changes))
    assert [one.article for one in made] == ["14(3)", "15(1)", "15(6)", "15", "15", "annex-2"]
    assert [line[:2] for line in numbered(made, "zh")] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert numbered(redline(reform(changes), "en"), "en")[0].startswith("1. Art. 14(3)")


def test_what_a_reform_undoes_is_told_too() -> None:
    """The inverse restores what was removed and deletes what was added, with the values of both sides."""
    there = reform({**SERVICE, "age.removed": True, "employment.points_per_year": 4})
    assert [one.clause for one in redline(there.inverse)] == [
        "将第十五条第（一）项中的就业每满1年积分由4分调整为3分。",
        "恢复第十五条第（七）项，年龄指标重新计分。",
        "删去第十五条中的“志愿服务”指标。",
    ]
    trial = Rulebook.load("beijing-2018-trial")
    levels = [f"innovation.points_by_level.{level}" for level in ("national", "municipal", "equity")]
    taken = redline(reform(dict.fromkeys(levels), trial))
    assert [one.after for one in taken] == ["—"] * 3
    assert taken[0].clause.startswith("删去第十五条第（五）项中的国家级奖项积分（原为12分）")
    given = redline(reform(dict.fromkeys(levels, 5)))
    assert given[0].clause == "在第十五条第（五）项中增加国家级奖项积分，为5分。"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_value_has_a_name(language: Any) -> None:
    """No dotted path reaches a reader, in either language."""
    for path, parameter in PARAMETERS.items():
        if parameter.kind != "annex" and len(parameter.choices) != 1:
            assert label(path, RULES, language) != path, path
    chinese = re.compile("[\u4e00-\u9fff]")
    named = label("innovation.awards.beijing_news_third.points", RULES, language)
    assert bool(chinese.search(named)) is (language == "zh")
    assert value("rounding.rule", "toward_zero", RULES, language) in ("直接舍去", "toward zero")


def test_text_marks_what_changes() -> None:
    """Plain text has both sides of each sentence, changes in brackets, and says whose sentences they are."""
    text = as_text(reform({"employment.points_per_year": 4}))
    assert "  现行：合法稳定就业年限以依法缴纳社会保险年限计算，每连续缴纳社会保险满1年积【3分】。" in text
    assert "  拟改：合法稳定就业年限以依法缴纳社会保险年限计算，每连续缴纳社会保险满1年积【4分】。" in text
    assert text.endswith("所引条文原句出自《北京市积分落户操作管理细则（征求意见稿）》。")
    assert "This reform changes nothing." in as_text(reform({}), "en")


class Seen(HTMLParser):
    """Collect the words of a page, struck and inserted ones apart, and whatever it asks of a network."""

    def __init__(self) -> None:
        super().__init__()
        self.within: list[str] = []
        self.words: dict[str, str] = {"del": "", "ins": ""}
        self.asked: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the words to come stand."""
        self.within.append(tag)
        self.asked += [str(one) for name, one in attrs if name in ("src", "href")]

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        if tag in self.within:
            self.within = self.within[: len(self.within) - 1 - self.within[::-1].index(tag)]

    def handle_data(self, data: str) -> None:
        """Keep struck and inserted words."""
        for tag in self.words:
            if tag in self.within:
                self.words[tag] += data


def test_a_page_strikes_and_inserts() -> None:
    """Old words stand in <del>, new ones in <ins>; nothing is asked of a network, and words stay words."""
    evil = Reform.from_changes(
        RULES, {"education.points.doctor": 39}, title="<script>alert(1)</script>", reason="a|b*c", source="x"
    )
    page, seen = as_html(evil), Seen()
    seen.feed(page)
    assert seen.words == {"del": "37", "ins": "39"}
    assert seen.asked == []
    assert "<script>" not in page
    markdown = as_markdown(evil)
    assert "a\\|b\\*c" in markdown
    assert "~~37~~" in markdown
    assert "**39**" in markdown
