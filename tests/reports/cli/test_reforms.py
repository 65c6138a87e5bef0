"""``jifen reform`` and ``jifen rules redline``: a clerk starts a reform, reads it, tries it on a cohort."""

import json
import re
from pathlib import Path

import polars as pl
import pytest

from scoring.reform import Reform
from scoring.rulebook import Rulebook
from tests.reports.cli.command import REFORMS, jifen
from tests.reports.rounds import frame

RULES = Rulebook.load("beijing-2020")
DRAFT = Rulebook.load("beijing-2020-draft")


def test_a_new_reform_is_pinned_and_empty(tmp_path: Path) -> None:
    """The file says which rules it changes, changes nothing yet, and is not written over."""
    file = tmp_path / "mine.toml"
    assert jifen("reform", "new", "--out", file).status == 0
    made = Reform.load(file)
    assert (made.baseline, bool(made)) == (RULES, False)
    assert jifen("reform", "new", "--out", file).error == (
        f"cannot write {file}: the file is there already; remove it or name another"
    )


def test_the_examples_of_a_new_reform_are_changes(tmp_path: Path) -> None:
    """Uncommented, every example of the template is a change that a rulebook takes."""
    file = tmp_path / "mine.toml"
    jifen("reform", "new", "--out", file)
    head, body = file.read_text("utf-8").split("[change]")
    lines = [re.sub(r"^# (?=\[add\.|[\w.]+ = )", "", line) for line in body.splitlines()]
    made = Reform.from_toml(head + "[change]\n" + "\n".join(lines))
    assert list(made.parts) == ["education", "age", "volunteering", "contest"]


def test_the_difference_of_two_rulebooks_is_written_as_a_reform(tmp_path: Path) -> None:
    """With a target the file holds what turns the one into the other."""
    file = tmp_path / "changes.toml"
    assert jifen("reform", "new", "--baseline", DRAFT.name, "--target", RULES.name, "--out", file).status == 0
    assert Reform.load(file).rules.digest == RULES.digest


def test_reforms_are_stacked(desk: Path) -> None:
    """Two on one baseline become one; a third may be pinned to what they make."""
    both = Reform.from_toml(REFORMS["a.toml"]).then(Reform.from_toml(REFORMS["b.toml"]))
    third = Reform.from_changes(both.rules, {"employment.points_per_year": 4}, title="就业再加半分")
    (desk / "c.toml").write_text(third.to_toml(), "utf-8")
    said = jifen("reform", "stack", "a.toml", "b.toml", "c.toml", "--out", "all.toml")
    assert said.out == "3 reforms, 2 changed values; written to all.toml\n"
    assert Reform.load(desk / "all.toml").changes == {"employment.points_per_year": 4, "age.removed": True}
    assert jifen("reform", "stack", "c.toml", "a.toml", "--out", "no.toml").error == (
        "c.toml: the reform is pinned to what other reforms make of beijing-2020; stack it after them"
    )


def test_reforms_are_compared(desk: Path) -> None:
    """Text tells cutoffs and the moved by change; JSON and CSV hold the same tables of counts."""
    words = (
        "reform",
        "compare",
        "cohort.parquet",
        "--round",
        2020,
        "--reform",
        "a.toml",
        "--reform",
        "b.toml",
    )
    said = jifen(*words, "--quota", 30, "--groups", "sex, age_band", "--out", "compared")
    assert said.status == 0
    one = said.lines("就业加半分")
    assert len(one) == 1
    chinese = jifen(*words, "--quota", 30, "--lang", "zh", "--replicates", 0)
    assert chinese.lines("取消年龄指标：分数线 ")
    assert not chinese.lines("  新进的95%区间：")
    document = json.loads(jifen(*words, "--quota", 30, "--groups", "sex,age_band", "--json").out)
    assert document["digest"] == RULES.digest
    assert len(said.lines("  change of the cutoff: ")) == 2
    for name in ("summary", "groups", "flows", "parts", "group_parts", "intervals"):
        frame = pl.read_csv(desk / "compared" / f"{name}.csv")
        assert frame.height == len(document[name])
    summary = document["summary"][0]
    assert f"cutoff {summary['cutoff_before']} -> {summary['cutoff_after']}" in one[0]
    assert f"{summary['entered']} enter, {summary['left']} leave" in one[0]


def test_a_reform_that_adds_an_indicator_reads_its_column(desk: Path) -> None:
    """The column that the reform names is asked for, and looked at."""
    text = REFORMS["a.toml"] + (
        '\n[add.children]\ntitle = "子女"\ntitle_en = "Children"\n'
        'column = "minor_children"\npoints_each = 5\n'
    )
    (desk / "children.toml").write_text(text, "utf-8")
    said = jifen(
        "reform", "compare", "cohort.parquet", "--round", 2020, "--reform", "children.toml", "--quota", 30
    )
    assert said.status == 0
    assert "  Children: " in said.out
    scored = jifen(
        "score",
        "cohort.parquet",
        "--round",
        2020,
        "--rules",
        "children.toml",
        "--quota",
        30,
        "--out",
        "s.csv",
    )
    assert scored.status == 0
    assert "law_abiding,children,total" in (desk / "s.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("--baseline", "beijing-2020-draft"),
            f"pinned to beijing-2020 with digest {RULES.digest[:12]} and does not",
        ),
        (("--groups", "sexx"), "the cohort has no group 'sexx'; did you mean sex?"),
        (("--reform", "a.toml"), "two reforms are called 就业加半分; give each a title of its own"),
        (("--reform", "none.toml"), "none.toml: cannot be read"),
    ],
)
def test_what_cannot_be_compared_is_said_in_a_line(desk: Path, words: tuple[str, ...], told: str) -> None:
    """Another baseline, a misspelt group, a reform twice and a missing file each end in one sentence."""
    assert desk.is_dir()
    base = ("reform", "compare", "cohort.parquet", "--round", 2020, "--reform", "a.toml", "--quota", 30)
    said = jifen(*base, *words)
    assert (said.status, said.out) == (1, "")
    assert told in said.err


def test_points_tell_nothing_of_a_rate(desk: Path) -> None:
    """A list of points answers a removed indicator and refuses a changed rate."""
    assert desk.is_dir()
    base = ("reform", "compare", "points.csv", "--round", 2020, "--quota", 1)
    assert "cutoff 117.00 -> 97.00" in jifen(*base, "--reform", "b.toml").out
    assert jifen(*base, "--reform", "a.toml").err.splitlines()[-1] == (
        "jifen: employment.points_per_year is changed, and a cohort of points cannot tell what that gives:"
        " it answers only indicators that are removed or added"
    )


def test_a_redline_is_printed_and_written(desk: Path) -> None:
    """On the terminal it is plain text, in files text, Markdown or a page; another suffix is refused."""
    out = jifen("rules", "redline", "reform.toml").out
    assert (
        "一、将附件2中的“博士研究生 博士 37 自毕业时间起前3年”修改为“博士研究生 博士 39 自毕业时间起前3年”。"
        in out
    )
    for suffix, told in ((".txt", "博士 【39】"), (".md", "博士 **39**"), (".html", "博士 <ins>39</ins>")):
        assert jifen("rules", "redline", "reform.toml", "--out", f"red{suffix}").status == 0
        assert told in (desk / f"red{suffix}").read_text("utf-8")
    said = jifen("rules", "redline", "reform.toml", "--out", "red.pdf")
    assert (said.status, "its suffix must be .txt, .md or .html" in said.err) == (2, True)


def test_a_reform_can_stand_for_a_rulebook(desk: Path) -> None:
    """Shown, compared and explained, a reformed rulebook says who changed it and why."""
    assert desk.is_dir()
    assert "education.points.doctor: 37 -> 39" in jifen("rules", "diff", "beijing-2020", "reform.toml").out
    shown = jifen("rules", "show", "b.toml").out
    assert "age.removed = true\n    第十五条第（七）项　（未填写）　（本次改动：（未填写））" in shown
    sheet = jifen(
        "explain", "cohort.parquet", "S00000001", "--round", 2020, "--rules", "b.toml", "--quota", 30
    )
    assert "年龄 0.00 分　第十五条第（七）项" in sheet.out
    assert "  本项指标已取消，不积分。" in sheet.out


@pytest.mark.parametrize(("language", "says"), [("en", "who would enter is unknown"), ("zh", "无从得知")])
def test_a_list_of_the_admitted_does_not_know_who_would_enter(desk: Path, language: str, says: str) -> None:
    """Where everybody is in at the baseline, a sentence says what entering and leaving are worth."""
    ask = ("reform", "compare", "points.csv", "--round", 2020, "--reform", "b.toml", "--lang", language)
    frame({"employment": ["50", "40", "30"], "age": ["20", "20", "0"]}).write_csv(desk / "points.csv")
    assert says in jifen(*ask, "--quota", 3).err
    assert says not in jifen(*ask, "--quota", 2).err
