"""Every cell of Annexes 3 and 4 stands in the draft's text; skipped where that text is not at hand."""

import os
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

REPOSITORY = Path(__file__).parents[3]
RULES = REPOSITORY / "scoring" / "rules"
REGULATION = Path(os.environ.get("JIFEN_REGULATION", REPOSITORY.parent / "shared" / "regulation"))
DRAFT = REGULATION / "draft-rules-2020.zh.txt"
SECTIONS = {
    "science": ("科技领域序号", "文化领域序号"),
    "culture": ("文化领域序号", "（二）在创新创业大赛"),
    "contests": ("（二）在创新创业大赛", "（三）在国家高新技术企业"),
    "equity": ("（三）在国家高新技术企业", "附件4"),
}

pytestmark = pytest.mark.skipif(not DRAFT.exists(), reason="the draft's text is not at hand")


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((RULES / name).read_text(encoding="utf-8"))


AWARDS: list[dict[str, Any]] = _toml("annex-3.toml")["award"]
HONOURS: list[dict[str, Any]] = _toml("annex-4.toml")["honour"]


def _draft(head: str, end: str) -> str:
    """Return the draft's text from the last *head* to the next *end*, without white space."""
    text = re.sub(r"\s", "", DRAFT.read_text(encoding="utf-8"))
    start = text.rindex(head)
    return text[start : text.index(end, start) if end else len(text)]


def _in_section(section: str) -> list[dict[str, Any]]:
    parts = {2: "contests", 3: "equity"}
    return [award for award in AWARDS if award.get("field", parts.get(award["part"])) == section]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_cell_of_annex_3_is_printed_in_its_section(section: str) -> None:
    """Each cell of a line stands in the draft's own section of the annex, character for character."""
    text = _draft(*SECTIONS[section])
    for award in _in_section(section):
        grade = award["grade"].split(" ")
        condition = award.get("condition", "").removeprefix("企业或机构（在北京市行政区域内登记注册）：")
        for cell in [award["name"], *grade, award["recipients"]]:
            assert cell in text, f"{award['key']}: {cell}"
        if section != "equity":
            assert condition in text, award["key"]
            continue
        for point in re.split(r"备注：|(?<=[。；：])(?=\d\.)", condition):
            assert point in text, f"{award['key']}: {point}"


@pytest.mark.parametrize("section", ["science", "contests", "equity"])
def test_points_come_in_the_order_of_the_draft(section: str) -> None:
    """Where each line has points of its own, they follow one another as in the draft."""
    printed = re.findall(r"(\d+)分", _draft(*SECTIONS[section]))
    assert [award["points"] for award in _in_section(section)] == [int(points) for points in printed]


def test_ranks_and_years_come_in_the_order_of_the_draft() -> None:
    """Ranks of completers and years of award follow one another as in the draft."""
    ranks = re.findall(r"第(\d+)-(\d+)完成人", _draft(*SECTIONS["science"]))
    found = [award["completers"] for award in AWARDS if "completers" in award]
    assert [(rank["from"], rank["to"]) for rank in found] == [(int(low), int(high)) for low, high in ranks]
    years = re.findall(r"(\d{4})年起", _draft(*SECTIONS["contests"]))
    rows = {award["row"]: award["counts_from"] for award in AWARDS if "counts_from" in award}
    assert list(rows.values()) == [int(year) for year in years]


def test_every_cell_of_annex_4_is_printed() -> None:
    """Each cell of an honour stands in the draft's Annex 4, character for character."""
    text = _draft("荣誉表彰指标积分标准", "")
    for honour in HONOURS:
        for key in ("category", "name", "conferred_by", "remark"):
            assert honour.get(key, "") in text, f"{honour['key']}: {key}"
