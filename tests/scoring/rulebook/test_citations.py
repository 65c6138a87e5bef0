"""Every value of the three rulebooks stands beside its article, source and sentence."""

import os
import re
from pathlib import Path

import pytest

from scoring.rulebook import Rulebook

REPOSITORY = Path(__file__).parents[3]
REGULATION = Path(os.environ.get("JIFEN_REGULATION", REPOSITORY.parent / "shared" / "regulation"))
DRAFT = REGULATION / "draft-rules-2020.zh.txt"
NAMES = ("beijing-2018-trial", "beijing-2020-draft", "beijing-2020")
NUMERALS = "一二三四五六七八九"
ANNEXES = ("附件1无档案诚信声明", "附件2教育背景", "附件3创新创业", "附件4荣誉表彰")

# What a clerk counts with when facts are made; changing it does nothing to facts that are made already.
SPENT = {
    *("round.reference_day", "employment.counting_from", "residence.presumed_before"),
    *("eligibility.back_paid_window_months", "eligibility.insurances", "eligibility.barred_years_after"),
    *("job_housing_area.counting_from", "job_housing_area.urban_districts", "innovation.equity_window_years"),
    "education.credential_counted",
    *("tax.line_yuan", "tax.window_years", "tax.penalty_window_years", "tax.penalty_from_yuan"),
    "law_abiding.window_years",
    *(f"education.deduction.years.{one}" for one in ("junior_college", "bachelor", "master", "doctor")),
    *(f"education.deduction.years.{one}_diploma" for one in ("bachelor", "master", "doctor")),
    *(f"education.deduction.years.{one}_degree" for one in ("bachelor", "master", "doctor")),
}

each_rulebook = pytest.mark.parametrize("name", NAMES)


def article_of(name: str, draft: str) -> str:
    """Cut one article, item of an article, or annex out of the draft's text without white space."""
    if name.startswith("annex-"):
        heads = [draft.rindex(head) for head in ANNEXES] + [len(draft)]
        number = int(name.removeprefix("annex-"))
        return draft[heads[number - 1] : heads[number]]
    found = re.fullmatch(r"(\d+)(?:\((\d)\))?", name)
    assert found, name
    text = between(draft, f"第{numeral(int(found[1]))}条", f"第{numeral(int(found[1]) + 1)}条")
    if found[2] is None:
        return text
    item = int(found[2])
    return between(text, f"（{NUMERALS[item - 1]}）", f"（{NUMERALS[item]}）" if item < 9 else "")


def numeral(number: int) -> str:
    """Write a number from 1 to 19 in Chinese."""
    return NUMERALS[number - 1] if number < 10 else "十" + (NUMERALS[number - 11] if number > 10 else "")


def between(text: str, head: str, end: str) -> str:
    """Cut from a head to the next end, or to the end of the text where there is none."""
    start = text.index(head)
    stop = text.find(end, start) if end else -1
    return text[start:] if stop < 0 else text[start:stop]


@each_rulebook
def test_every_value_is_cited(name: str) -> None:
    """A value has an article, a source of the register, a sentence and how sure it is."""
    rules = Rulebook.load(name)
    for path in rules:
        cited = rules.value(path).citation
        assert re.fullmatch(r"1?\d(\(\d\))?|annex-[234]", cited.article), path
        assert cited.source in rules.sources, path
        assert cited.sentence.strip(), path
        assert cited.confidence in {"text", "data", "secondary", "reading"}, path


@each_rulebook
def test_a_sentence_is_held_or_said_not_to_be(name: str) -> None:
    """Text and readings quote the law; what rests on lists or second hand says that the text is not held."""
    rules = Rulebook.load(name)
    for path in rules:
        cited = rules.value(path).citation
        assert (cited.sentence == "text not held") == (cited.confidence in {"data", "secondary"}), path
        assert rules.sources[cited.source].held == (cited.sentence != "text not held"), path
        assert cited.note if cited.confidence == "reading" else True, path


@each_rulebook
def test_values_spent_in_making_facts_say_so(name: str) -> None:
    """Dates, windows and the yuan lines are marked as needing histories, and nothing else is."""
    rules = Rulebook.load(name)
    assert {path for path in rules if rules.value(path).needs == "histories"} == SPENT
    assert {rules.value(path).needs for path in rules} == {"", "histories"}
    assert set(rules.histories_values) == SPENT


@each_rulebook
def test_what_agrees_with_the_draft_cites_it(name: str) -> None:
    """A value equal to the draft's quotes the same sentence; one that differs quotes none."""
    draft, rules = Rulebook.load("beijing-2020-draft"), Rulebook.load(name)
    for path in rules:
        if path in draft and rules[path] == draft[path]:
            assert rules.value(path).citation.sentence == draft.value(path).citation.sentence, path
        else:
            assert rules.value(path).citation.sentence == "text not held", path


def test_the_value_of_a_detention_rests_on_the_measures() -> None:
    """The draft names the rule without its value, which comes from the Measures of the time."""
    path = "law_abiding.points_per_detention"
    sources = {name: Rulebook.load(name).value(path).citation.source for name in NAMES}
    assert sources == {
        "beijing-2018-trial": "measures-2016",
        "beijing-2020-draft": "measures-2020",
        "beijing-2020": "measures-2020",
    }


@pytest.mark.skipif(not DRAFT.exists(), reason="the draft's text is not at hand")
@each_rulebook
def test_every_sentence_stands_in_the_article_it_is_cited_from(name: str) -> None:
    """What is quoted from the draft is in its text, word for word and in order, in the article named."""
    draft = re.sub(r"\s", "", DRAFT.read_text("utf-8"))
    rules = Rulebook.load(name)
    for path in rules:
        cited = rules.value(path).citation
        if cited.sentence == "text not held":
            continue
        # The rows of Annex 3 are held against it, cell by cell, in tests/scoring/rules.
        if path.startswith("innovation.awards."):
            continue
        pieces = [re.escape(piece) for piece in re.sub(r"\s", "", cited.sentence).split("……")]
        assert re.search(".*".join(pieces), article_of(cited.article, draft)), path
