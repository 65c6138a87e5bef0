"""The report on a reform, section by section and as a document, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import scoring
from reports import indicator_reform as report
from reports import render
from reports.blocks import Block, Blocks, Facts, Heading, Paragraph, Points, Table
from reports.charts.indicator_reform import two_lines
from reports.cohort import OutOfForce
from reports.indicator_reform import ReformPage
from reports.words import HIDDEN, LANGUAGES
from scoring.reform import Reform, ReformError
from simulate.displacement import Displacement, displacement, intervals, part_intervals
from tests.reports.figures import check_figure, figures_in
from tests.reports.pages import CHINESE, Read
from tests.reports.rounds import drawn
from tests.simulate.displacement.test_ten import cohort as ten
from tests.simulate.engine.cohorts import RULES, facts_cohort

GROUPS = ("age_band", "education_level", "sex", "sector")
CHANGES: dict[str, object] = {
    "education.points.doctor": 47,
    "education.points.master": 32,
    "job_housing_area.home_and_job_points_per_year": 4,
    "honours.removed": True,
    "age.ladder": [{"up_to": 38, "points": 20}, {"over": 38, "up_to": 45, "points": 14}],
}


def reform(changes: dict[str, object], **words: str) -> Reform:
    """Make a reform whose words are no harmless text."""
    given = {"title": "试改<b>", "reason": "a {quota} b", "source": "=1+1", "title_en": "Try", **words}
    return Reform.from_changes(RULES, changes, **given)


def opened(
    made: Reform, *, quota: int = 300, lang: str = "zh", size: int = 2_000
) -> tuple[ReformPage, Displacement]:
    """Open the page of a reform over generated applicants."""
    people = facts_cohort(size)
    ledger = displacement(people, made, quota=quota, groups=GROUPS)
    page = ReformPage.of(ledger, people, cohort="people.csv", lang=lang, threshold=10, replicates=40)
    return page, ledger


def sections_of(page: ReformPage, ledger: Displacement) -> list[Block]:
    """Give every piece of the report."""
    blocks = [
        report.opening(page),
        report.redline(page),
        report.glance(page),
        report.parts(page, ledger.parts),
        report.groups(page, ledger.groups),
        report.surety(page, intervals(ledger, replicates=40), part_intervals(ledger, replicates=40)),
        report.method(page),
    ]
    return list(Blocks(blocks))


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest) -> tuple[ReformPage, list[Block]]:
    """Tell of a reform in four parts over two thousand people, in each language."""
    page, ledger = opened(reform(CHANGES), lang=request.param)
    return page, sections_of(page, ledger)


def tables_in(blocks: list[Block]) -> dict[str, Table]:
    """Give the tables by their keys."""
    return {block.key: block for block in blocks if isinstance(block, Table)}


def texts_in(blocks: list[Block]) -> str:
    """Give all that is said."""
    said = [block.text for block in blocks if isinstance(block, Heading | Paragraph)]
    return "\n".join(
        [*said, *(item for block in blocks if isinstance(block, Points) for item in block.items)]
    )


def test_every_section_is_there(told: tuple[ReformPage, list[Block]]) -> None:
    """One title, seven sections, a chart of the parts and one of each group."""
    _, blocks = told
    assert [block.level for block in blocks if isinstance(block, Heading)].count(1) == 1
    assert [block.level for block in blocks if isinstance(block, Heading)].count(2) == 7
    assert {"parts", "groups-age_band", "groups-sex"} <= {figure.key for figure in figures_in(*blocks)}
    assert {"redline", "parts", "groups-sex", "flows-sex", "surety"} <= set(tables_in(blocks))


def test_every_figure_is_whole(told: tuple[ReformPage, list[Block]]) -> None:
    """Drawn on a phone and on a page, marks are there and no name is cut."""
    for figure in figures_in(*told[1]):
        check_figure(figure, marks=2)


def test_the_redline_has_the_law_s_sentences(told: tuple[ReformPage, list[Block]]) -> None:
    """Each amended place has a row of sentences, what changes in brackets."""
    page, blocks = told
    table = tables_in(blocks)["redline"]
    assert table.prose
    assert len(table.rows) == 5
    marks = "【47】" if page.words.lang == "zh" else "[47]"
    assert any(marks in row.cells[1].text for row in table.rows)


def test_shares_of_the_parts_sum_to_one(told: tuple[ReformPage, list[Block]]) -> None:
    """What is told exactly is no more than all, and the cutoff's parts sum to its change."""
    page, blocks = told
    table = tables_in(blocks)["parts"]
    assert len(table.rows) == 4
    told_cutoff = sum(row.cells[2].value or 0 for row in table.rows)
    assert page.after is not None
    assert page.before is not None
    assert told_cutoff == pytest.approx(float(page.after - page.before), abs=1e-9)
    assert all(row.cells[0].value is None or row.cells[0].value <= 1 for row in table.rows)


def test_what_parts_move_has_its_interval_where_enough_do(told: tuple[ReformPage, list[Block]]) -> None:
    """Each part's share of the cutoff's change has its range; people only where all parts have enough."""
    page, blocks = told
    rows = {row.name: row.cells for row in tables_in(blocks)["surety"].rows}
    parts = [page.part(name) for name in page.reform.parts]
    shares = [rows[page.tell("cutoff_by", part=part)][0].value or 0 for part in parts]
    assert sum(shares) == pytest.approx(float((page.after or 0) - (page.before or 0)), abs=1e-6)
    for side, whole in (("entered_by", page.entered), ("left_by", page.left)):
        moved = [rows[name][0].value or 0 for part in parts if (name := page.tell(side, part=part)) in rows]
        assert not moved or (sum(moved) == pytest.approx(whole) and min(moved) >= page.threshold)


def test_flows_agree_with_who_left_and_entered(told: tuple[ReformPage, list[Block]]) -> None:
    """A row of flows sums to those who left a group, a column to those who entered it."""
    _, blocks = told
    groups, flows = tables_in(blocks)["groups-sex"], tables_in(blocks)["flows-sex"]
    left = {row.name: row.cells[3].value for row in groups.rows}
    for row in flows.rows:
        if row.name in left:
            assert sum(cell.value or 0 for cell in row.cells) == left[row.name]
    entered = {row.name: row.cells[2].value for row in groups.rows}
    for place, name in enumerate(flows.head[1:]):
        if name in entered:
            assert sum(row.cells[place].value or 0 for row in flows.rows) == entered[name]


def test_no_small_count_is_told(told: tuple[ReformPage, list[Block]]) -> None:
    """No cell of a group's table counts fewer than the threshold, and no chart holds one."""
    _, blocks = told
    for key, table in tables_in(blocks).items():
        if key.startswith("groups-"):
            for row in table.rows:
                assert all(cell.text == HIDDEN or (cell.value or 0) >= 10 for cell in row.cells[:4]), (
                    key,
                    row.name,
                )


def test_words_from_outside_stay_text(told: tuple[ReformPage, list[Block]]) -> None:
    """A title like an element, a reason with braces and a source like a formula are what they are."""
    page, blocks = told
    said = texts_in(blocks)
    assert "a {quota} b" in said
    assert "=1+1" in said
    html = "\n".join(block.html() for block in blocks)
    assert "试改<b>" not in html
    if page.words.lang == "en":
        headings = [block.text for block in blocks if isinstance(block, Heading)]
        assert not any(CHINESE.search(text) for text in headings)


def test_few_moved_are_not_told_of() -> None:
    """Where fewer than the threshold enter or leave, neither number, part nor group is told."""
    people = ten(*[{}] * 50)
    ledger = displacement(people, reform({"education.points.doctor": 40}), quota=3, groups=["sex"])
    page = ReformPage.of(ledger, people, cohort="", lang="en", threshold=10, replicates=40)
    assert (ledger.entered, ledger.left) == (1, 1)
    blocks = sections_of(page, ledger)
    assert not figures_in(*blocks)
    assert set(tables_in(blocks)) == {"redline", "surety"}
    assert len(tables_in(blocks)["surety"].rows) == 3
    assert "Fewer than 10 people enter or leave" in texts_in(blocks)
    (facts,) = (block for block in blocks if isinstance(block, Facts))
    assert [cell.text for _, cell in facts.items[2:]] == ["not shown"] * 4


def test_an_empty_reform_says_so() -> None:
    """Nothing is amended, nobody moves, and the intervals have no width."""
    page, ledger = opened(reform({}), lang="en")
    blocks = sections_of(page, ledger)
    said = texts_in(blocks)
    assert "The reform changes no value" in said
    assert "The same people are admitted." in said
    assert "redline" not in tables_in(blocks)


def test_a_round_without_a_cutoff_is_not_compared() -> None:
    """With no place there is nothing to compare or to be sure of."""
    page, ledger = opened(reform(CHANGES), quota=0, lang="en")
    said = texts_in(sections_of(page, ledger))
    assert "There is no cutoff under one of the two rulebooks, so nothing can be compared." in said
    assert "so nothing is estimated" in said


def test_one_part_needs_no_shares() -> None:
    """Where one indicator alone is changed, a sentence says that it moves everyone."""
    page, ledger = opened(reform({"job_housing_area.home_and_job_points_per_year": 6}), lang="en")
    blocks = sections_of(page, ledger)
    assert "The reform concerns Job and housing area alone" in texts_in(blocks)
    assert "parts" not in tables_in(blocks)


def test_what_is_asked_is_refused_where_it_cannot_be(tmp_path: Path) -> None:
    """Rules out of force, a reform of other rules, and a misspelt group stop with a sentence."""
    with pytest.raises(OutOfForce):
        report.reform_for("", rules="beijing-2018-trial", round_year=2020)
    file = tmp_path / "a.toml"
    file.write_text(reform(CHANGES).to_toml(), "utf-8")
    with pytest.raises(ReformError, match="pinned to beijing-2020"):
        report.reform_for(str(file), rules="beijing-2018-trial", round_year=2018)
    example = report.reform_for("", rules="beijing-2020", round_year=2020)
    assert len(example.parts) == 2
    assert example.title_en
    with pytest.raises(scoring.UnknownName, match="did you mean sector"):
        displacement(
            facts_cohort(400), example, quota=20, groups=report.groups_for("sex, sectr", facts_cohort(400))
        )


def test_an_added_indicator_reads_its_column(tmp_path: Path) -> None:
    """The report reads the column that the reform names, from a file as well as from drawn applicants."""
    new = {"title": "子女", "title_en": "Children", "column": "kids", "points_each": 20}
    made = reform({f"added.children.{key}": value for key, value in new.items()})
    path = tmp_path / "people.csv"
    drawn(200, kids=[number % 3 for number in range(200)]).write_csv(path)
    people = report.people_for(str(path), made, round_year=2020)
    assert people.measures == ("kids",)
    assert report.groups_for("", people) == ("age_band",)
    ledger = displacement(people, made, quota=40, groups=["age_band"])
    assert ledger.entered > 5


def test_long_names_have_two_lines() -> None:
    """They break where a name in a list ends, else near the middle; short ones stay whole."""
    assert two_lines("41—45岁") == "41—45岁"
    assert two_lines("Aged 35 or less, Aged 36–40") == "Aged 35 or less,\nAged 36–40"
    assert two_lines("硕士研究生（仅学历）及以上学历学位").count("\n") == 1
    assert two_lines("x" * 50) == "x" * 50


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notebook_makes_a_document(lang: str, tmp_path: Path) -> None:
    """Executed once, it is one page in its language, and asks for nothing."""
    cohort, file = tmp_path / "people.csv", tmp_path / "reform.toml"
    drawn(400).write_csv(cohort)
    file.write_text(reform({"tax.removed": True, "education.removed": True}).to_toml(), "utf-8")
    parameters = {"cohort": str(cohort), "reform": str(file), "quota": 80, "replicates": 20}
    (path,) = render.report("indicator_reform", parameters, lang=lang, out_dir=tmp_path / "out")
    page = Read(path.read_text("utf-8"))
    assert path.name == f"2020-indicator_reform-{lang}.html"
    assert len(page.having("h1")) == 1
    assert bool(re.search("删去第十五条第（三）项", page.text)) is (lang == "zh")
    assert not [text for _, text in page.scripts if "http://" in text and len(text) < 10_000]
