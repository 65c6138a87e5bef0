"""The sensitivity report, section by section and as a document, in both languages."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from reports import disclosure, render
from reports import sensitivity as report
from reports.blocks import Block, Blocks, Heading, Paragraph, Table
from reports.round_page import RoundPage
from reports.sensitivity import frames, say
from reports.words import HIDDEN, LANGUAGES
from scoring import score
from simulate import sensitivity
from simulate.sensitivity import Overview, Settings
from tests.reports.figures import check_figure, figures_in
from tests.reports.pages import CHINESE, Read
from tests.reports.rounds import drawn, scored
from tests.simulate.engine.cohorts import RULES, facts_cohort

SETTINGS = Settings(replicates=20, draws=512)


@cache
def analysed(quota: int, *, lang: str = "zh", size: int = 2_000) -> tuple[RoundPage, Overview]:
    """Open the page of a drawn round and make its analyses."""
    round_ = score(facts_cohort(size), RULES, quota=quota)
    page = report.with_settings(RoundPage.of(round_, cohort="", lang=lang, threshold=10), SETTINGS)
    study = sensitivity.study(round_.cohort, RULES, quota=quota, groups=["age_band", "sex"])
    return page, sensitivity.overview(study, SETTINGS)


def sections_of(page: RoundPage, found: Overview) -> list[Block]:
    """Give every piece of the report."""
    blocks = [
        report.opening(page),
        report.decides(page, found.without),
        report.moved(page, found.moved, found.elasticities, SETTINGS),
        report.groups(page, found.without, found.study),
        report.indices(page, found.indices, SETTINGS),
        report.variance(page, found.variance, SETTINGS),
        report.atlas(page, found.weights, found.rates),
        report.method(page, SETTINGS),
    ]
    return list(Blocks(blocks))


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest) -> list[Block]:
    """Tell of two thousand people who do not exist, of whom 300 are admitted, in each language."""
    return sections_of(*analysed(300, lang=request.param))


def tables_in(blocks: list[Block]) -> dict[str, Table]:
    """Give the tables by their keys."""
    return {block.key: block for block in blocks if isinstance(block, Table)}


def test_every_section_is_there(told: list[Block]) -> None:
    """A title and nine headings, four figures and ten tables, numbered in their order."""
    assert len([block for block in told if isinstance(block, Heading) and block.level == 2]) == 9
    assert len(figures_in(*told)) == 4
    assert list(tables_in(told)) == [
        f"sensitivity-{part}"
        for part in (
            "decides",
            "moved",
            "displaced",
            "groups-age_band",
            "groups-sex",
            "indices_cutoff",
            "indices_share_changed",
            "variance",
            "weights",
            "rates",
        )
    ]


def test_every_figure_is_drawn_whole(told: list[Block]) -> None:
    """Marks for nine indicators, no label cut or covered, on a phone and on a page."""
    for figure in figures_in(*told):
        check_figure(figure, marks=9)


def test_no_cell_is_empty_and_none_names_a_row(told: list[Block]) -> None:
    """Every cell says something, every row has as many cells as the head, and no table has a person's row."""
    for table in tables_in(told).values():
        for row in table.rows:
            assert len(row.cells) == len(table.head) - 1
            assert all(cell.text for cell in row.cells)
        assert len({row.name for row in table.rows}) == len(table.rows)
        assert not re.search("row|行号", " ".join(table.head))


def test_english_has_no_chinese_and_names_every_rate() -> None:
    """No Chinese is left in the English pieces, and no rate is called by its path."""
    blocks = sections_of(*analysed(300, lang="en"))
    for table in tables_in(blocks).values():
        texts = [table.caption, *table.head, *(row.name for row in table.rows)]
        assert not CHINESE.search(" ".join(texts))
    assert not [row.name for row in tables_in(blocks)["sensitivity-rates"].rows if "." in row.name]


def test_the_tables_say_what_the_analyses_say() -> None:
    """Numbers in cells are those of the frames, and a weight's range is rounded towards none."""
    page, found = analysed(300)
    tables = tables_in(sections_of(page, found))
    row = found.without.outcomes.row(0, named=True)
    cutoff, displaced, _, _ = tables["sensitivity-decides"].rows[0].cells
    assert (cutoff.value, displaced.value) == (row["cutoff"], row["share_changed"])
    for told, ends in zip(
        tables["sensitivity-weights"].rows, found.weights.partition_by("lever"), strict=True
    ):
        for cell, overtaking in zip(told.cells, ends["overtaking"], strict=True):
            if cell.value is not None:
                assert -1e-9 < abs(overtaking - 1) - cell.value < 0.001


def test_the_shares_of_groups_move_as_the_analysis_says() -> None:
    """Told exactly or within a bound, a joined level's move is that of its levels together."""
    page, found = analysed(300, lang="en")
    table = tables_in(sections_of(page, found))["sensitivity-groups-age_band"]
    assert sum(cell.value or 0 for cell in table.rows[0].cells) == pytest.approx(1)
    told = frames.groups(found.without, found.study, page)["age_band"].frame.rows(named=True)
    moves = [cell for row in table.rows[1:] for cell in row.cells]
    exact = 0
    for cell, row in zip(moves, told, strict=True):
        own = found.without.groups.filter(pl.col("level").is_in(row["levels"]), indicator=row["setting"])
        moved = 100 * float(own["share_change"].sum())
        if cell.value is not None:
            exact += 1
            assert cell.value == pytest.approx(moved, abs=1e-9)
        elif cell.text != HIDDEN:
            assert abs(moved) <= float(cell.text.removeprefix("±"))
    assert exact >= 4


def test_shares_that_single_people_out_are_bounds() -> None:
    """Of 40 people, 9 and 31 are told as bounds, 10 and 30 exactly, with interval or without."""
    frame = pl.DataFrame({"count": [9, 10, 30, 31], "share": [0.225, 0.25, 0.75, 0.775], "low": [0.2] * 4})
    told = disclosure.shares(frame, counts={"share": "count"}, of=40, threshold=10, ends={"share": ["low"]})
    assert told.frame["share"].to_list() == [0.25, 0.25, 0.75, 0.75]
    assert told.frame["share_bound"].to_list() == ["below", "exact", "exact", "above"]
    assert told.frame["low"].to_list() == [None, 0.2, 0.2, None]
    assert "count" not in told.frame.columns
    assert told.hidden == 2
    few = disclosure.shares(frame, counts={"share": "count"}, of=9, threshold=10)
    assert few.frame["share"].null_count() == few.frame["share_bound"].null_count() == 4


def test_levers_of_a_few_people_are_hidden() -> None:
    """A lever that moves fewer than the threshold apart has asterisks, and a note says what they mean."""
    page, found = analysed(300)
    few = found.rates.filter(pl.col("people") < 10) if found.rates is not None else None
    assert few is not None
    assert few.height
    told = frames.levers(found.weights.with_columns(people=pl.lit(9)), page)
    assert told.frame["overtaking"].null_count() == told.frame.height
    assert not {"people", *frames.PEOPLE} & set(told.frame.columns)
    table = tables_in(sections_of(page, found))["sensitivity-rates"]
    assert any(cell.text == HIDDEN for row in table.rows for cell in row.cells)
    assert "10" in table.note


def test_a_list_of_the_admitted_has_no_displaced() -> None:
    """Where everybody is in, only falling below the old cutoff is told, and no lever's range."""
    round_ = scored(drawn(300), quota=300)
    page = RoundPage.of(round_, cohort="people.csv", lang="en", threshold=10)
    found = sensitivity.overview(sensitivity.study(round_.cohort, RULES, quota=300), SETTINGS)
    blocks = sections_of(page, found)
    tables = tables_in(blocks)
    assert list(tables) == ["sensitivity-decides", "sensitivity-variance"]
    assert len(tables["sensitivity-decides"].head) == 2
    assert any(isinstance(block, Paragraph) and "nobody who was not" in block.text for block in blocks)


def test_too_few_admitted_have_no_analysis() -> None:
    """Nine admitted, and none, leave a sentence and how the report was made."""
    for quota in (9, 0):
        blocks = sections_of(*analysed(quota, lang="en", size=400))
        assert not figures_in(*blocks)
        assert not tables_in(blocks)
        assert any(isinstance(block, Paragraph) and "Fewer than 10" in block.text for block in blocks)


def test_percentages_below_zero_are_written_with_a_minus_sign() -> None:
    """Half up to a decimal, a true minus, and nothing is minus nothing."""
    page, _ = analysed(300, lang="en")
    written = [say.percent(page, value) for value in (0.1234, -0.00251, -0.0004, 0.0)]
    assert written == ["12.3%", "−0.3%", "0.0%", "0.0%"]
    assert [say.step(page, spread) for spread in (0.1, 0.025, 1.0)] == ["10%", "2.5%", "100%"]


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notebook_makes_a_document(lang: str, tmp_path: Path) -> None:
    """Executed once, it is one page in its language with four charts, and asks for nothing."""
    parameters = {"cohort": _written(tmp_path), "quota": 60, "replicates": 5, "draws": 16}
    (path,) = render.report("sensitivity", parameters, lang=lang, out_dir=tmp_path / "out")
    page = Read(path.read_text("utf-8"))
    assert path.name == f"2020-sensitivity-{lang}.html"
    assert len(page.having("h1")) == 1
    assert "http://" not in " ".join(page.texts)


def _written(folder: Path) -> str:
    path = folder / "people.csv"
    drawn(400).write_csv(path)
    return str(path)
