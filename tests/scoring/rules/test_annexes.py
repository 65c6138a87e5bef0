"""The tables of Annexes 3 and 4 hold what the regulation prints."""

import re
import tomllib
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

RULES = Path(__file__).parents[3] / "scoring" / "rules"

# Lines of each numbered row, counted by hand on the printed annex.
LINES_PER_ROW = {
    1: {1: 3, 2: 3, 3: 9, 4: 12, 5: 4, 6: 4, 7: 2, 8: 8, 9: 1, 10: 3},
    2: {1: 3, 2: 3, 3: 1, 4: 3, 5: 3, 6: 4, 7: 3, 8: 3},
    3: {1: 3},
}
POINTS = {
    1: {
        1: [12, 12, 10],
        2: [12, 12, 10],
        3: [12, 11, 10, 12, 11, 10, 10, 9, 8],
        4: [6, 6, 6, 5, 6, 5, 6, 5, 6, 5, 5, 4],
        5: [12, 12, 12, 12],
        6: [12, 9, 6, 12],
        7: [6, 4],
        8: [6, 6, 6, 6, 6, 6, 6, 6],
        9: [6],
        10: [6, 4, 2],
    },
    2: {
        1: [12, 9, 6],
        2: [6, 4, 2],
        3: [12],
        4: [12, 9, 6],
        5: [6, 4, 2],
        6: [6, 4, 3, 2],
        7: [12, 9, 6],
        8: [6, 4, 2],
    },
    3: {1: [6, 4, 2]},
}
COMPLETERS = {
    (1, "二等奖"): [(1, 3), (4, 5)],
    (2, "二等奖"): [(1, 3), (4, 6)],
    (3, "特等奖"): [(1, 15), (16, 30), (31, 50)],
    (3, "一等奖"): [(1, 5), (6, 10), (11, 15)],
    (3, "二等奖"): [(1, 3), (4, 6), (7, 10)],
    (4, "重大创新奖"): [(1, 6), (7, 20)],
    (4, "特等奖"): [(1, 12), (13, 30)],
    (4, "一等奖"): [(1, 6), (7, 15)],
    (4, "二等奖"): [(1, 4), (5, 10)],
    (4, "三等奖"): [(1, 3), (4, 6)],
}
NATIONAL = {(1, 1), (1, 2), (1, 3), (1, 5), (1, 6), (2, 1), (2, 3), (2, 4), (2, 7)}
COUNTS_FROM = {1: 2012, 2: 2015, 3: 2011, 4: 2011, 5: 2011, 6: None, 7: 2020, 8: 2020}
CHINESE = ("name", "grade", "recipients", "condition", "category", "conferred_by", "remark")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((RULES / name).read_text(encoding="utf-8"))


AWARDS: list[dict[str, Any]] = _toml("annex-3.toml")["award"]
HONOURS: list[dict[str, Any]] = _toml("annex-4.toml")["honour"]


def test_annex_3_has_every_line_of_the_printed_table() -> None:
    """Each numbered row of the three parts has as many lines as the annex prints, 75 together."""
    found = Counter((award["part"], award["row"]) for award in AWARDS)
    printed = {(part, row): lines for part, rows in LINES_PER_ROW.items() for row, lines in rows.items()}
    assert found == printed
    assert len(AWARDS) == 75


def test_annex_3_stands_in_the_order_of_the_document() -> None:
    """Awards follow part and row, science before culture: of equals the first printed comes first."""
    order = [(award["part"], award["row"]) for award in AWARDS]
    assert order == sorted(order)
    assert {award["row"] for award in AWARDS if award.get("field") == "science"} == {1, 2, 3, 4}
    assert {award["row"] for award in AWARDS if award.get("field") == "culture"} == set(range(5, 11))
    assert all(("field" in award) == (award["part"] == 1) for award in AWARDS)


def test_annex_3_gives_the_printed_points() -> None:
    """Each line carries the points printed beside it."""
    for part, rows in POINTS.items():
        for row, points in rows.items():
            found = [award["points"] for award in AWARDS if (award["part"], award["row"]) == (part, row)]
            assert found == points, f"part {part}, row {row}"


@pytest.mark.parametrize("table", [AWARDS, HONOURS], ids=["annex-3", "annex-4"])
def test_keys_are_readable_and_unique(table: list[dict[str, Any]]) -> None:
    """A key is English snake_case of at least one word that is no number, and stands once."""
    keys = [line["key"] for line in table]
    assert len(set(keys)) == len(keys)
    assert not [key for key in keys if not re.fullmatch(r"[a-z]+(_[a-z]+|_[0-9]+)*", key)]


def test_completers_are_the_printed_ranks() -> None:
    """The ranks of completers are those printed, from the first on, without gap or overlap in a grade."""
    found: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for award in AWARDS:
        if "completers" in award:
            ranks = (award["completers"]["from"], award["completers"]["to"])
            found.setdefault((award["row"], award["grade"]), []).append(ranks)
            assert f"（第{ranks[0]}-{ranks[1]}完成人）" in award["recipients"]
    assert found == COMPLETERS
    for ladder in found.values():
        assert ladder[0][0] == 1
        assert all(high[0] == low[1] + 1 for low, high in pairwise(ladder))


def test_levels_follow_the_body_that_gives_the_award() -> None:
    """State and world awards are national, the city's municipal, and shares held equity."""
    for award in AWARDS:
        if award["part"] == 3:
            expected = "equity"
        else:
            expected = "national" if (award["part"], award["row"]) in NATIONAL else "municipal"
        assert award["level"] == expected, award["key"]


def test_a_contest_counts_from_the_printed_year() -> None:
    """The contests have the years of the column 获奖时间, and no other award has a year."""
    for award in AWARDS:
        expected = COUNTS_FROM[award["row"]] if award["part"] == 2 else None
        assert award.get("counts_from") == expected, award["key"]


def test_only_the_innovation_contests_ask_for_income_tax() -> None:
    """Rows 1 and 2 of the contests need 35,000 yuan (3.5万元) of income tax; nothing else does."""
    asking = {(award["part"], award["row"]) for award in AWARDS if "min_income_tax_yuan" in award}
    assert asking == {(2, 1), (2, 2)}
    for award in AWARDS:
        if "min_income_tax_yuan" in award:
            assert award["min_income_tax_yuan"] == 35_000
            assert award["condition"] == "申报前一个自然年度个人所得税实缴额达3.5万元（含）以上"


def test_equity_tiers_join_without_gap_or_overlap() -> None:
    """The financing tiers run down from no upper end to 5 million yuan, each ending where the next begins."""
    tiers = [award["financing"] for award in AWARDS if award["part"] == 3]
    assert tiers == [
        {"from_yuan": 40_000_000},
        {"from_yuan": 20_000_000, "below_yuan": 40_000_000},
        {"from_yuan": 5_000_000, "below_yuan": 20_000_000},
    ]
    assert [award["min_share_held"] for award in AWARDS if award["part"] == 3] == [0.10] * 3
    others = [award for award in AWARDS if award["part"] < 3]
    assert not [award["key"] for award in others if award.keys() & {"financing", "min_share_held"}]


def test_the_sentence_of_an_award_is_its_cells_in_printed_order() -> None:
    """A sentence is the cells of its line joined by spaces: a cell changed alone is found out."""
    for award in AWARDS:
        since = f"{award['counts_from']}年起" if "counts_from" in award else ""
        tax = f",且{award['condition']}" if "min_income_tax_yuan" in award else ""
        who = award["recipients"] + tax
        middle = [who, award["grade"]] if award["part"] == 3 else [award["grade"], since, who]
        cells = [award["name"], *middle, f"{award['points']}分"]
        assert award["sentence"] == " ".join(cell for cell in cells if cell), award["key"]


def test_the_sentence_of_an_honour_is_its_cells_in_printed_order() -> None:
    """A sentence is category, name, conferring body and the 20 points, joined by spaces."""
    for honour in HONOURS:
        cells = [honour["category"], honour["name"], honour["conferred_by"], "20分"]
        assert honour["sentence"] == " ".join(cell for cell in cells if cell), honour["key"]


def test_annex_4_has_the_eleven_printed_rows() -> None:
    """The honours are numbered 1 to 11 and fall into the printed five categories."""
    assert [honour["row"] for honour in HONOURS] == list(range(1, 12))
    assert Counter(honour["category"] for honour in HONOURS) == {
        "省部级以上劳动模范": 3,
        "全国道德模范": 5,
        "首都道德模范": 1,
        "全国见义勇为英雄模范": 1,
        "首都见义勇为好市民": 1,
    }
    assert [honour["row"] for honour in HONOURS if "remark" in honour] == [4, 5, 6, 7, 8, 9, 11]


@pytest.mark.parametrize("line", [*AWARDS, *HONOURS], ids=lambda line: line["key"])
def test_chinese_and_english_stand_side_by_side(line: dict[str, Any]) -> None:
    """A Chinese cell has an English one, free of Chinese but for document numbers, and empty with it."""
    for key in CHINESE:
        assert (key in line) == (f"{key}_en" in line), key
        if key in line:
            english = re.sub(r"国科发.〔\d+〕\d+号", "", line[f"{key}_en"])
            assert bool(line[key]) == bool(english)
            assert not re.search(r"[\u4e00-\u9fff，。；：（）]", english), english


@pytest.mark.parametrize("line", [*AWARDS, *HONOURS], ids=lambda line: line["key"])
def test_chinese_text_has_no_trace_of_the_page(line: dict[str, Any]) -> None:
    """Verbatim cells hold no line break and no doubled or stray space of the printed page."""
    for key in ("name", "recipients", "condition", "category", "conferred_by", "remark"):
        assert not re.search(r"\s", line.get(key, "")), key
    assert line["sentence"] == " ".join(line["sentence"].split())
