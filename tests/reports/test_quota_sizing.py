"""The sizing of a quota as documents: figures drawn, numbers held to the threshold, both languages."""

from pathlib import Path
from typing import Any

import pytest

import scoring
from reports import render
from reports.blocks import Block, Blocks, Heading, Paragraph, Table
from reports.words import LANGUAGES
from synthetic_data.population import facts
from tests.browser.notebooks import pieces
from tests.reports.figures import check_figure, figures_in
from tests.reports.rounds import RULES, drawn

NOTEBOOK = render.NOTEBOOKS / "quota_sizing.ipynb"
SMALL = {"quota": 120, "round": 2020, "members": 4, "last_year": 2025}
PLAIN = {**SMALL, "population": "plain", "members": 1, "replications": 16}


def told(blocks: list[Block], kind: type[Block]) -> list[Any]:
    """Give the blocks of a kind, in their order."""
    return [block for block in Blocks(blocks) if isinstance(block, kind)]


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    """Give each language."""
    return str(request.param)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Block]]:
    """Run the notebook on a small cohort of facts."""
    path = tmp_path_factory.mktemp("cohort") / "people.parquet"
    facts(RULES, round_year=2020, size=1_000, seed=1).write_parquet(path)
    given = {**SMALL, "cohort": str(path), "targets": "cutoff:95, population:300"}
    return pieces(NOTEBOOK, given, LANGUAGES)


@pytest.fixture
def page(lang: str, pages: dict[str, list[Block]]) -> list[Block]:
    """Give the pieces in a language."""
    return pages[lang]


def test_every_figure_is_drawn_and_whole(page: list[Block]) -> None:
    """The curve, groups, people who settle, and five of the years: marks, labels and glyphs are there."""
    figures = figures_in(*page)
    assert [figure.key for figure in figures] == [
        *("quota-curve", "rates-of-groups", "people-who-settle"),
        *("schedules-cutoff", "schedules-backlog", "schedules-mean-waited", "schedules-age"),
        "schedules-population-so-far",
    ]
    for figure in figures:
        check_figure(figure, marks=3)


def test_the_recommended_quotas_are_the_ones_found(page: list[Block]) -> None:
    """Rounded up to ten places for a cutoff and down for a population, they are those of the analysis."""
    tables = {table.key: table for table in told(page, Table)}
    cutoff, people = tables["recommendations"].rows
    from simulate.quota import Uptake, quota_curve, quota_for_cutoff, quota_for_population

    people_drawn = facts(RULES, round_year=2020, size=1_000, seed=1)
    cohort = scoring.Cohort.from_frame(people_drawn, rules=RULES, round_year=2020)
    curve = quota_curve(scoring.score(cohort, RULES, quota=120))
    exact = quota_for_cutoff(curve, 95, replicates=5).quota
    assert cutoff.cells[0].value == -(-exact // 10) * 10
    assert people.cells[0].value == quota_for_population(curve, 300, Uptake(), replicates=5).quota // 10 * 10


def test_no_table_tells_of_few(page: list[Block]) -> None:
    """Every column that counts applicants differs from row to row by nobody or by ten people."""
    tables = {table.key: table for table in told(page, Table)}
    admitted = [row.cells[2].value for row in tables["quota-curve"].rows]
    assert min(after - before for before, after in zip([0, *admitted], admitted, strict=False)) >= 10
    assert min(row.cells[-1].value for row in tables["rates-of-groups"].rows) >= 10


def test_each_target_of_the_years_has_two_schedules(page: list[Block]) -> None:
    """One the same every year, one rising; and the years of each schedule have a table."""
    tables = {table.key: table for table in told(page, Table)}
    assert len(tables["constant-schedules"].rows) == len(tables["rising-schedules"].rows) == 4
    assert [key for key in tables if key.startswith("years-")] == ["years-120", "years-120+10", "years-170"]
    assert len(tables["years-120"].rows) == 3


def test_a_list_of_the_admitted_says_what_it_cannot_tell(tmp_path: Path) -> None:
    """Without a pool and without children there are a curve, sentences in place of the rest, and no more."""
    path = tmp_path / "admitted.csv"
    drawn(200).write_csv(path)
    given = {**PLAIN, "quota": 200, "cohort": str(path), "applicants": 500}
    blocks = pieces(NOTEBOOK, given, ["zh"])["zh"]
    keys = [figure.key for figure in figures_in(*blocks)]
    assert keys[0] == "quota-curve"
    assert not {"rates-of-groups", "people-who-settle"} & set(keys)
    said = [paragraph.text for paragraph in told(blocks, Paragraph)]
    assert len(said) > 8
    assert len(told(blocks, Heading)) >= 8


def test_no_place_leaves_sentences_and_the_years(tmp_path: Path) -> None:
    """With a quota of 0 nothing is sized and nothing fails: what cannot be told is said."""
    path = tmp_path / "people.csv"
    drawn(60).write_csv(path)
    given = {**PLAIN, "quota": 0, "cohort": str(path), "applicants": 300, "last_year": 2023}
    blocks = pieces(NOTEBOOK, given, ["en"])["en"]
    said = " ".join(paragraph.text for paragraph in told(blocks, Paragraph))
    assert "Fewer than 10" in said or "fewer than 10" in said
    assert "years-0" in [table.key for table in told(blocks, Table)]
