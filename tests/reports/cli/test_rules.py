"""``jifen rules``: the rulebooks and their annexes, for clerks and for other programs."""

import csv
import io
import re

import pytest

from scoring.rulebook import Rulebook
from tests.reports.cli.command import jifen

NAMES = ("beijing-2018-trial", "beijing-2020-draft", "beijing-2020")
Table = list[dict[str, str]]


def table(*words: str) -> Table:
    """Run a subcommand that prints CSV, and read it."""
    said = jifen("rules", *words, "--csv")
    assert (said.status, said.err) == (0, "")
    return list(csv.DictReader(io.StringIO(said.out)))


def test_list_has_a_line_for_each_rulebook() -> None:
    """Oldest first: name, rounds in force, the digest's beginning, title."""
    lines = jifen("rules", "list").out.splitlines()
    assert [re.split(" {2,}", line)[:2] for line in lines] == [
        ["beijing-2018-trial", "2018-2019"],
        ["beijing-2020-draft", "not in force"],
        ["beijing-2020", "2020-"],
    ]
    assert [re.split(" {2,}", line)[3] for line in lines] == [
        "北京市积分落户操作管理细则（试行）",
        "北京市积分落户操作管理细则（征求意见稿）",
        "北京市积分落户操作管理细则",
    ]
    assert all(re.fullmatch("[0-9a-f]{12}", re.split(" {2,}", line)[2]) for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_show_has_every_value_with_article_source_and_sentence(name: str) -> None:
    """No value stands without the law's sentence or the remark that it is not held."""
    said = jifen("rules", "show", name)
    assert (said.status, said.err) == (0, "")
    lines = said.out.splitlines()
    assert lines[0].startswith(f"{name}  北京市积分落户操作管理细则")
    shown = {line.split(" = ")[0]: i for i, line in enumerate(lines) if " = " in line and line[0] != " "}
    assert list(shown) == list(Rulebook.load(name))
    for path, i in shown.items():
        assert re.match(
            r"    (第[一二三四五六七八九十]+条|附件).*　[a-z0-9-]+　[“（].+[”）]$", lines[i + 1]
        ), path


def test_show_writes_values_as_a_clerk_would() -> None:
    """Points without spare zeros, dates as ISO, ladders by their steps, and what is spent on facts marked."""
    out = jifen("rules", "show", "beijing-2020").out
    for line in (
        "employment.points_per_year = 3",
        "residence.other_home_points_per_year = 0.5",
        "job_housing_area.counting_from = 2018-01-01  (needs histories)",
        "law_abiding.points_per_detention = -30",
    ):
        assert f"\n{line}\n" in out
    assert re.search(r"\nage\.ladder = up to 45: 20; over 45 up to 46: 16; .*; over 49: 0\n", out)


def test_diff_has_a_line_for_each_difference() -> None:
    """What turned the draft into the rules in force: two changes of the law, one of them in two values."""
    said = jifen("rules", "diff", "beijing-2020-draft", "beijing-2020")
    assert (said.status, said.err) == (0, "")
    assert said.out.splitlines() == [
        "job_housing_area.counting_from: 2017-01-01 -> 2018-01-01",
        "tax.years_per_award: 3 -> 1",
        "tax.points_per_award: 6 -> 2",
    ]
    same = jifen("rules", "diff", "beijing-2020", "beijing-2020")
    assert (same.status, same.out) == (0, "beijing-2020 and beijing-2020 have the same values\n")


@pytest.mark.parametrize("name", NAMES)
def test_awards_have_every_row_of_annex_3(name: str) -> None:
    """75 items in nine columns, each with a key of its own, in three parts."""
    rows = table("awards", name)
    assert list(rows[0]) == [
        *("key", "part", "row", "name", "grade", "recipients", "points", "counts_from", "condition")
    ]
    assert len(rows) == len({row["key"] for row in rows}) == 75
    assert {row["part"] for row in rows} == {"1", "2", "3"}
    assert all(row["name"] and row["recipients"] and row["row"].isdigit() for row in rows)
    assert {row["counts_from"] for row in rows} <= {"", "2011", "2012", "2015", "2020"}


def test_awards_have_the_points_of_the_rulebook_that_is_named() -> None:
    """In the trial a national item gives 12, a municipal one 6 and equity nothing; since then Annex 3's."""
    trial, now = ({row["key"]: row for row in table("awards", name)} for name in (NAMES[0], NAMES[2]))
    assert list(trial) == list(now)
    assert {row["points"] for row in trial.values()} == {"12.00", "6.00", "0.00"}
    assert {row["points"] for row in trial.values() if row["part"] == "3"} == {"0.00"}
    second = "national_natural_science_second_important"
    assert (trial[second]["points"], trial[second]["recipients"]) == ("12.00", "重要完成人（第4-5完成人）")
    assert now[second]["points"] != trial[second]["points"]
    assert {row["points"] for row in now.values() if row["part"] == "3"} > {"2.00"}


def test_honours_have_every_row_of_annex_4() -> None:
    """Eleven titles, 20 points each."""
    rows = table("honours", "beijing-2020")
    assert list(rows[0]) == ["key", "row", "category", "name", "conferred_by", "points", "remark"]
    assert [row["row"] for row in rows] == [str(i) for i in range(1, 12)]
    assert len({row["key"] for row in rows}) == 11
    assert {row["points"] for row in rows} == {"20.00"}


@pytest.mark.parametrize("what", ["awards", "honours"])
def test_without_a_name_the_newest_rulebook_is_meant(what: str) -> None:
    """So that the command runs as messages about keys write it; without --csv it is for the eye."""
    assert table(what) == table(what, "beijing-2020")
    plain = jifen("rules", what)
    assert plain.status == 0
    assert [line.split("　")[0] for line in plain.out.splitlines()] == [row["key"] for row in table(what)]


@pytest.mark.parametrize(
    "words", [("show", "beijing-2021"), ("diff", "beijing-2020", "beijing-2021"), ("awards", "beijing-2021")]
)
def test_an_unknown_rulebook_is_refused_with_the_nearest(words: tuple[str, ...]) -> None:
    """One line, with the names there are."""
    error = jifen("rules", *words).error
    assert error.startswith("no rulebook is called 'beijing-2021'; did you mean beijing-2020?")
    assert all(name in error for name in NAMES)
