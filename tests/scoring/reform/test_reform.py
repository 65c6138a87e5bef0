"""A reform: pinned, applied, undone, stacked, written and read again."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring import Rulebook, RulebookError, UnknownName
from scoring.reform import Reform, ReformError, stack

RULES = Rulebook.load("beijing-2020")
DRAFT = Rulebook.load("beijing-2020-draft")
TRIAL = Rulebook.load("beijing-2018-trial")
WORDS = {"reason": "高端人才不足。", "source": "某课题组报告，第12页"}
VOLUNTEERING: dict[str, object] = {
    "added.volunteering.title": "志愿服务",
    "added.volunteering.title_en": "Volunteering",
    "added.volunteering.column": "volunteer_years",
    "added.volunteering.points_each": Decimal("0.5"),
    "added.volunteering.max_points": 3,
}
EVERYTHING: dict[str, object] = {
    "education.points.doctor": 39,
    "tax.points_per_award": Decimal("2.5"),
    "age.ladder": [{"up_to": 40, "points": 20}, {"over": 40, "up_to": 50, "points": 8}],
    "rounding.rule": "toward_zero",
    "eligibility.retirement.rises_from": RULES.date("eligibility.retirement.rises_from").replace(year=2024),
    "innovation.awards.beijing_news_third.points": 1,
    "honours.removed": True,
    **VOLUNTEERING,
}


def reform(changes: Mapping[str, object], title: str = "试改", rules: Rulebook = RULES) -> Reform:
    """Make a reform with a reason and a source."""
    return Reform.from_changes(rules, changes, title=title, **WORDS)


def written(tail: str, digest: str = RULES.digest) -> str:
    """Write a reform by hand, as its author would."""
    head = (
        f'baseline = "beijing-2020"\ndigest = "{digest}"\ntitle = "试改"\nreason = "理由"\nsource = "出处"\n'
    )
    return head + tail


def test_a_reform_changes_what_it_says_and_nothing_else() -> None:
    """The reformed rulebook differs in the changed values alone, and these cite the reform's author."""
    doctor = reform({"education.points.doctor": 39})
    after = doctor.apply(RULES)
    assert RULES.diff(after) == {"education.points.doctor": (Decimal("37.00"), Decimal("39.00"))}
    cited = after.value("education.points.doctor").citation
    assert (cited.article, cited.sentence, cited.source) == ("annex-2", *WORDS.values())
    assert after.name == "beijing-2020+试改"


def test_an_empty_reform_changes_nothing() -> None:
    """No change, or values that are the baseline's already, give the baseline."""
    for changes in ({}, {"education.points.doctor": 37, "age.ladder": RULES["age.ladder"]}):
        empty = reform(changes)
        assert not empty
        assert empty.apply(RULES).digest == RULES.digest
        assert not empty.parts


@pytest.mark.parametrize(
    "changes", [EVERYTHING, *({path: raw} for path, raw in EVERYTHING.items() if "added" not in path)]
)
def test_a_reform_and_its_inverse_are_the_baseline(changes: dict[str, object]) -> None:
    """Undone, every value is what it was, to the digest; the two as one are no change."""
    there = reform(changes)
    back = there.inverse
    assert there.rules.digest != RULES.digest
    assert back.apply(there.rules).digest == RULES.digest
    assert not there.then(back)
    assert back.inverse.apply(RULES).digest == there.rules.digest


def test_optional_values_come_and_go() -> None:
    """Points by level, which the trial alone has, are taken away, brought back, and written as repealed."""
    levels = [f"innovation.points_by_level.{level}" for level in ("national", "municipal", "equity")]
    single = reform(dict.fromkeys(levels), rules=TRIAL)
    assert not set(levels) & set(single.apply(TRIAL))
    assert single.inverse.apply(single.rules).digest == TRIAL.digest
    assert f'repeal = ["{levels[0]}"' in single.to_toml()
    assert Reform.from_toml(single.to_toml()) == single


def test_a_reform_applies_to_its_baseline_alone() -> None:
    """Any other rulebook is refused with both digests."""
    with pytest.raises(ReformError) as refused:
        reform({"honours.points": 10}).apply(DRAFT)
    assert str(refused.value) == (
        f"the reform 试改 is pinned to beijing-2020 with digest {RULES.digest[:12]} and does not apply to"
        f" beijing-2020-draft with digest {DRAFT.digest[:12]}"
    )
    with pytest.raises(
        ReformError, match=rf"digest {DRAFT.digest[:12]} and does not apply .*{RULES.digest[:12]}"
    ):
        Reform.from_toml(written("", DRAFT.digest))


@pytest.mark.parametrize("rules", [RULES, TRIAL])
def test_what_is_written_is_read_again(rules: Rulebook, tmp_path: Path) -> None:
    """A reform written as TOML is the same reform when it is read, and so is its inverse."""
    whole = reform(EVERYTHING, rules=rules)
    assert Reform.from_toml(whole.to_toml()) == whole
    file = tmp_path / "a.toml"
    file.write_text("\ufeff" + whole.inverse.to_toml(), "utf-8")
    assert Reform.load(file, among=[RULES, whole.rules]).rules.digest == rules.digest


def test_paths_may_be_written_with_and_without_quotes() -> None:
    """A dotted path is the same in quotes, bare, and under a table of its own."""
    bare = Reform.from_toml(written("[change]\neducation.points.doctor = 39\n"))
    quoted = Reform.from_toml(written('[change]\n"education.points.doctor" = 39\n'))
    nested = Reform.from_toml(written("[change.education.points]\ndoctor = 39.0\n"))
    assert (
        bare
        == quoted
        == nested
        == Reform.from_changes(
            RULES, {"education.points.doctor": 39}, title="试改", reason="理由", source="出处"
        )
    )


def test_the_difference_of_two_rulebooks_is_a_reform() -> None:
    """The draft and what came into force differ by a reform, which turns the one into the other."""
    between = Reform.between(DRAFT, RULES, title="修改稿")
    assert between.apply(DRAFT).digest == RULES.digest
    assert set(between.parts) == {"job_housing_area", "tax"}


def test_reforms_stack() -> None:
    """One after the other or side by side, reforms make one; the later may change what the earlier set."""
    doctor, tax = reform({"education.points.doctor": 39}, "甲"), reform({"tax.max_points": 8}, "乙")
    both = doctor.then(tax)
    assert both.changes == {"education.points.doctor": 39, "tax.max_points": 8}
    assert (both.title, both.reason) == ("甲；乙", WORDS["reason"])
    assert both.rules.digest == tax.then(doctor).rules.digest
    higher = reform({"education.points.doctor": 41}, "丙", rules=both.rules)
    assert stack([doctor, tax, higher]).rules["education.points.doctor"] == 41
    assert stack([doctor, tax, higher]).baseline == RULES


def test_reforms_that_contradict_do_not_stack() -> None:
    """Two that disagree about a value, change what the other removes, or hang on other rules are refused."""
    doctor, more = (
        reform({"education.points.doctor": 39}, "甲"),
        reform({"education.points.doctor": 40}, "乙"),
    )
    gone = reform({"education.removed": True}, "丙")
    for first, second, told in (
        (doctor, more, "甲 and 乙 disagree about education.points.doctor: 39.00 and 40.00"),
        (doctor, gone, "丙 removes education, and 甲 changes education.points.doctor"),
        (doctor, reform({"honours.points": 10}, rules=DRAFT), f"digest {DRAFT.digest[:12]}; after 甲"),
    ):
        with pytest.raises(ReformError, match=told):
            first.then(second)


def test_parts_are_indicators_and_sections() -> None:
    """Changed paths are told apart by the indicator, or the section of the law, that they belong to."""
    parts = reform(EVERYTHING).parts
    assert list(parts) == [
        "education",
        "tax",
        "age",
        "rounding",
        "eligibility",
        "innovation",
        "honours",
        "volunteering",
    ]
    assert len(parts["volunteering"]) == 5


def test_an_added_indicator_can_be_removed_again() -> None:
    """[remove] takes away what an earlier reform added, all of it."""
    there = reform(VOLUNTEERING)
    text = written('[remove]\nindicators = ["volunteering"]\n', there.rules.digest)
    assert Reform.from_toml(text, among=[there.rules]).rules.digest == RULES.digest


BAD = tomllib.loads((Path(__file__).parent / "bad.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", BAD, ids=[case["name"] for case in BAD])
def test_a_bad_reform_says_why_and_where(case: dict[str, str], tmp_path: Path) -> None:
    """Each is refused in one sentence with file, table, path, and the nearest name that would do."""
    file = tmp_path / "r.toml"
    file.write_text(written(case["reform"]), "utf-8")
    with pytest.raises((ReformError, RulebookError, UnknownName)) as refused:
        Reform.load(file)
    # The parser's own words differ between versions of Python.
    said, open_end, _ = case["message"].partition("…")
    assert str(refused.value).startswith(said) if open_end else str(refused.value) == said


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("title = ", "titel = "), "unknown key 'titel'; did you mean title?"),
        (('reason = "理由"\n', ""), "the head has no 'reason'"),
        (('"出处"', "3"), "source = 3 is no text"),
        (('"beijing-2020"', '"beijing-2021"'), "no rulebook is called 'beijing-2021'"),
    ],
)
def test_a_bad_head_says_what_is_missing(change: tuple[str, str], told: str) -> None:
    """Title, reason, source, baseline and digest must all be there."""
    with pytest.raises((ReformError, UnknownName)) as refused:
        Reform.from_toml(written("").replace(*change), where="r.toml")
    assert str(refused.value).startswith(f"r.toml: {told}")


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Neither a missing file nor one in another encoding ends in a defect."""
    with pytest.raises(ReformError, match="cannot be read"):
        Reform.load(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes("title = '博士'".encode("gb18030"))
    with pytest.raises(ReformError, match=r"gbk.toml: not written in UTF-8"):
        Reform.load(tmp_path / "gbk.toml")


def test_english_words_stand_in_where_there_are_none() -> None:
    """Title, reason and source come in English where given, else in Chinese."""
    words: Any = {"title_en": "Two more", "reason": "理由", "source": "出处", "source_en": "report"}
    made = Reform.from_changes(RULES, {}, title="加两分", **words)
    assert made.words("zh") == ("加两分", "理由", "出处")
    assert made.words("en") == ("Two more", "理由", "report")


def test_points_by_category_are_written_and_changed() -> None:
    """The table is written with its indicator and read again; a reform of it gives it whole."""
    head = {"title": "竞赛", "title_en": "Contest", "column": "medal"}
    added: dict[str, object] = {f"added.contest.{key}": value for key, value in head.items()}
    made = reform({**added, "added.contest.points": {"金牌": 3, "无 奖": 0}})
    again = Reform.from_toml(made.to_toml())
    assert again.rules.digest == made.rules.digest
    assert again.inverse.apply(again.rules).digest == RULES.digest
    more = reform({"added.contest.points": {"金牌": 4, "无 奖": 0}}, rules=made.rules)
    read = Reform.from_toml(more.to_toml(), among=[made.rules])
    assert read.rules.digest == more.rules.digest != made.rules.digest
    for broken, told in (({}, "no table of points"), ({"a": "x"}, "is not a number")):
        with pytest.raises(RulebookError, match=told):
            reform({**added, "added.contest.points": broken})
    with pytest.raises(RulebookError, match="has both points_each and points; keep one"):
        reform({**added, "added.contest.points": {"a": 1}, "added.contest.points_each": 2})
