"""The funnel, the history and the comparison with the round before, on small rounds."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from reports import annual_briefing as briefing
from reports.annual_briefing.change import Before
from reports.blocks import Block, Blocks, Cell, Table
from reports.cohort import OutOfForce
from reports.words import HIDDEN, LANGUAGES
from simulate import distribution
from simulate.funnel import funnel
from synthetic_data import published
from tests.reports.figures import check_figure, figures_in
from tests.reports.pages import blocks
from tests.reports.rounds import drawn, frame, page, scored


def tables_in(*parts: Block) -> list[Table]:
    """Give the tables among blocks, in their order."""
    return [part for part in Blocks(parts) if isinstance(part, Table)]


def column(table: Table, number: int) -> dict[str, Cell]:
    """Give a column of a table by the names of its rows."""
    return {row.name: row.cells[number] for row in table.rows if row.cells}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chart_of_the_briefing_is_whole(lang: str) -> None:
    """Each chart, narrow and wide, has marks, no cut label and no glyph that the font lacks."""
    round_ = scored(drawn(600, team=["red", "blue", "green"] * 200), quota=60)
    figures = figures_in(*blocks(page(round_, lang=lang), round_))
    assert len(figures) == 8
    for figure in figures:
        check_figure(figure, marks=2)


def test_the_funnel_of_points_begins_at_the_ranking() -> None:
    """Points know nobody who was refused: 600 are ranked, 61 noticed, and what follows is assumed."""
    round_ = scored(drawn(600), quota=60)
    (table,) = tables_in(briefing.funnel(page(round_), funnel(round_)))
    assert [row.name for row in table.rows][:3] == ["Ranked", "Below the cutoff", "On public notice"]
    people = column(table, 0)
    assert people["Ranked"].value == 600
    assert people["Below the cutoff"].value == people["On public notice"].value - 600  # type: ignore[operator]
    bases = column(table, 2)
    assert (bases["On public notice"].text, bases["Settled"].text) == ("data", "assumption")


def test_a_list_of_admitted_people_has_no_funnel_before_the_notice() -> None:
    """Where everybody was admitted, how many applied is not known and not told."""
    round_ = scored(drawn(300), quota=300)
    (table,) = tables_in(briefing.funnel(page(round_), funnel(round_)))
    assert table.rows[0].name == "On public notice"


def test_few_who_missed_the_cutoff_are_not_told() -> None:
    """Three below the cutoff are hidden, and so is the number of the ranked, which would tell them."""
    round_ = scored(drawn(43), quota=40)
    few = round_.ranking.eligible - round_.ranking.admitted
    assert 0 < few < 10
    parts = briefing.funnel(page(round_), funnel(round_))
    (table,) = tables_in(parts)
    assert column(table, 0)["Ranked"].text == column(table, 0)["Below the cutoff"].text == HIDDEN


def test_published_rounds_go_up_to_this_one() -> None:
    """The briefing of 2020 shows three rounds with their cutoffs, and a dash for what is not known."""
    (table,) = tables_in(briefing.history(page(scored(drawn(100), quota=20)), published.rounds()))
    cutoffs = {name: cell.text for name, cell in column(table, 3).items()}
    assert cutoffs == {"2018": "90.75", "2019": "93.58", "2020": "97.13"}
    assert column(table, 4)["2019"].text == "–"


def compared(now: Sequence[str], then: Sequence[str]) -> list[Table]:
    """Compare two rounds in which everybody was admitted, by the team they are in."""
    this, last = (scored(drawn(len(teams), team=list(teams)), quota=len(teams)) for teams in (now, then))
    people = [{"team": distribution.composition(each, "team")} for each in (this, last)]
    earlier = Before(page(last), people[1])
    return tables_in(briefing.change(page(this), people[0], earlier))


def test_a_share_is_compared_with_the_round_before() -> None:
    """60 of 100 became 80 of 100: 20 percentage points more."""
    tables = compared(["red"] * 80 + ["blue"] * 20, ["red"] * 60 + ["blue"] * 40)
    change = column(tables[1], 2)
    assert {name: cell.text for name, cell in change.items()} == {"red": "+20.0", "blue": "−20.0"}


def test_a_group_that_either_round_hides_has_no_change() -> None:
    """Where three were blue last time, their group was joined with another, so neither is compared."""
    tables = compared(
        ["red"] * 50 + ["blue"] * 20 + ["green"] * 30, ["red"] * 60 + ["blue"] * 3 + ["green"] * 37
    )
    change = column(tables[1], 2)
    assert change["red"].text.startswith("−")
    assert change["blue"].text == change["green"].text == HIDDEN


def test_without_a_round_before_nothing_is_compared() -> None:
    """The section is empty, and so is what it is made from."""
    round_ = scored(drawn(100), quota=20)
    opened = page(round_)
    assert briefing.before(opened, "", quota=0) is None
    assert not list(Blocks([briefing.change(opened, {}, None)]))


def test_the_round_before_is_scored_under_its_own_rules(tmp_path: Path) -> None:
    """A cohort of 2019 is read for 2019, under the rules of the trial."""
    path = tmp_path / "last.csv"
    drawn(100, seed=2).write_csv(path)
    opened = page(scored(drawn(100), quota=20))
    earlier = briefing.before(opened, str(path), quota=0)
    assert earlier is not None
    assert (earlier.page.round_year, earlier.page.quota) == (2019, 20)
    assert earlier.page.made_of.rules is not None
    assert earlier.page.made_of.rules.name == "beijing-2018-trial"


def test_a_round_before_all_rules_is_refused() -> None:
    """The first round of the trial has none before it to compare with."""
    with pytest.raises(OutOfForce, match="no rules were in force in the round of 2017"):
        briefing.before(replace(page(scored(drawn(100), quota=20)), round_year=2018), "any.csv", quota=0)


def test_an_indicator_whose_levels_are_partly_hidden_is_told_no_further() -> None:
    """Three people with 37 points of education, joined with others, would follow from mean and share."""
    people = frame({"employment": [60] * 103, "education": [37] * 3 + [26] * 40 + [15] * 60})
    round_ = scored(people, quota=103)
    told = tables_in(*blocks(page(round_), round_))
    (table,) = [table for table in told if table.key == "indicators"]
    cells = {row.name: [cell.text for cell in row.cells] for row in table.rows}
    assert cells["Education"] == [HIDDEN, HIDDEN]
    assert HIDDEN not in cells["Employment"]
