"""The backtest's page, section by section, on forecasts made by hand."""

from __future__ import annotations

import json
import re
from typing import Any

import polars as pl
import pytest

import simulate.backtest
import simulate.forecast
from reports import backtest as report
from reports import render
from reports.backtest.diagnosis import target_name
from reports.blocks import Block, Blocks, Figure, Heading, Table
from reports.page import Page
from reports.words import LANGUAGES
from simulate.backtest import Backtest
from simulate.backtest.sensitivity import CHANGES
from simulate.calibrate.written import committed_targets, committed_trial
from simulate.forecast import Forecast, Outlook
from synthetic_data import published
from tests.reports.figures import check_figure
from tests.reports.pages import CHINESE
from tests.simulate.backtest.test_backtest import said


def outlook(year: int) -> Outlook:
    """Let three members say 105, 105.5 and 106."""
    births = {1980: 3000.0, 1981: 3000.0}
    return Outlook(year, tuple(said(year, cutoff, births) for cutoff in (105.0, 105.5, 106.0)))


def changed() -> pl.DataFrame:
    """Let every assumption move the cutoff by a quarter of a point in two years."""
    return pl.DataFrame(
        [
            {"change": change, "round": year, "cutoff": 0.25, "mean_age": -0.125, "tax_share": 1.5}
            for change in CHANGES
            for year in (2023, 2024)
        ]
    )


def known() -> Backtest:
    """Compare forecasts of 2021 and 2022 with what came."""
    return simulate.backtest.backtest(
        {2020: Forecast(2020, (outlook(2021), outlook(2022))), 2021: Forecast(2021, (outlook(2022),))}
    )


def page_in(lang: str) -> Page:
    """Open the page in a language."""
    return report.page_of(origin=2022, quota=6000, lang=lang)


def blocks_in(lang: str) -> list[Block]:
    """Give every piece of the page in a language."""
    page, tested = page_in(lang), known()
    return list(
        Blocks(
            [
                report.opening(page),
                report.outlook(page, Forecast(2022, (outlook(2023), outlook(2024))), published.rounds()),
                report.accuracy(page, tested),
                report.each(page, tested),
                report.people(page, tested),
                report.moved(page, changed()),
                report.signs(page, simulate.backtest.signs(changed())),
                report.limits(page),
                report.targets(page, committed_targets()),
                report.trial(page, committed_trial()),
                report.method(page),
            ]
        )
    )


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest) -> list[Block]:
    """Tell the page in each language."""
    return blocks_in(request.param)


def test_every_section_is_there(told: list[Block]) -> None:
    """A title and nine headings, one figure and eight tables."""
    assert len([one for one in told if isinstance(one, Heading) and one.level == 1]) == 1
    assert len([one for one in told if isinstance(one, Heading) and one.level == 2]) == 9
    assert len([one for one in told if isinstance(one, Figure)]) == 1
    assert [one.key for one in told if isinstance(one, Table)] == [
        f"backtest-{name}"
        for name in ("outlook", "accuracy", "each", "people", "moved", "signs", "targets", "trial")
    ]


def test_the_figure_is_drawn_whole(told: list[Block]) -> None:
    """Five published rounds and two forecast ones."""
    (figure,) = (one for one in told if isinstance(one, Figure))
    check_figure(figure, marks=7)


def test_every_row_is_as_long_as_its_head(told: list[Block]) -> None:
    """No cell is empty, and no two rows of a table are called alike."""
    for table in (one for one in told if isinstance(one, Table)):
        for row in table.rows:
            assert len(row.cells) == len(table.head) - 1
            assert all(cell.text for cell in row.cells)
        assert len({row.name for row in table.rows}) == len(table.rows)


def test_numbers_are_those_of_the_forecasts() -> None:
    """The median of 2023 and its interval; an error of 4.62 in 2021 and of 0.08 in 2022, by hand."""
    tables = {one.key: one for one in blocks_in("en") if isinstance(one, Table)}
    first = tables["backtest-outlook"].rows[0]
    assert (first.name, first.cells[0].value, first.cells[1].text) == ("2023", 105.5, "105.10 to 105.90")
    model = tables["backtest-accuracy"].rows[0]
    assert model.cells[1].value == pytest.approx(((105.5 - 100.88) + (105.5 - 105.42)) / 2)
    assert model.cells[3].text == "1 of 2"
    assert {cell.text for cell in tables["backtest-moved"].rows[0].cells} == {"+0.25", "−0.12", "+1.50"}


def test_english_has_no_chinese() -> None:
    """No Chinese is left in the English tables."""
    for table in (one for one in blocks_in("en") if isinstance(one, Table)):
        assert not CHINESE.search(" ".join([table.caption, *table.head, *(row.name for row in table.rows)]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_target_has_a_name_of_its_own(lang: str) -> None:
    """In each language, and in Chinese without a Latin word."""
    page = page_in(lang)
    names = [(one["round"], target_name(page, one["name"])) for one in committed_targets().to_dicts()]
    assert len(set(names)) == len(names)
    if lang == "zh":
        assert not [name for _, name in names if re.search("[A-Za-z]", name)]


def test_a_target_without_words_is_an_error() -> None:
    """A new target needs a name before it can be shown."""
    with pytest.raises(KeyError):
        target_name(page_in("en"), "something new")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notebook_runs(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cell after cell, with forecasts made by hand instead of the ensemble's."""
    tested = known()

    def forecast(*, origin: int, last: int, quota: dict[int, int]) -> Forecast:
        assert set(quota) == set(range(origin + 1, last + 1))
        return Forecast(origin, tuple(outlook(year) for year in quota))

    monkeypatch.setattr(simulate.forecast, "forecast", forecast)
    monkeypatch.setattr(simulate.backtest, "backtest", lambda: tested)
    monkeypatch.setattr(simulate.backtest, "moved", lambda *_, **__: changed())
    notebook = json.loads((render.NOTEBOOKS / "backtest.ipynb").read_text("utf-8"))
    names: dict[str, Any] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102  a reader would run it as well
            names |= {"lang": lang}
    assert names["page"].words.lang == lang
