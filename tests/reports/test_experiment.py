"""A saved experiment in a report: what it tells, in both languages, and what it refuses to rest on."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from reports import experiment, render
from reports.blocks import Block, Blocks, Table
from reports.cohort import scored_cohort
from reports.results import UnfitResult
from reports.round_page import RoundPage
from reports.words import LANGUAGES
from scoring.toml import to_toml
from tests.browser.notebooks import pieces
from tests.browser.small import QUOTA, VARIED
from tests.reports.cli.command import REFORMS, jifen
from tests.reports.figures import check_figure, figures_in
from tests.simulate.experiment.specs import spec

PEOPLE = 1_500


@dataclass(frozen=True)
class Desk:
    """A folder with a cohort, an experiment on it and its result."""

    folder: Path

    @property
    def cohort(self) -> Path:
        """The file of the cohort."""
        return self.folder / "cohort.parquet"

    @property
    def results(self) -> Path:
        """The folder of the result."""
        return self.folder / "results"

    def run(self, out: str, **changes: object) -> Path:
        """Run the experiment, changed, into a folder."""
        file = self.folder / f"{out}.toml"
        file.write_text(to_toml(spec(**{**VARIED, **changes})), "utf-8")
        assert jifen("simulate", file, "--out", self.folder / out).status == 0
        return self.folder / out

    def copied(self, name: str) -> Path:
        """Copy the result, to be spoilt."""
        return Path(shutil.copytree(self.results, self.folder / name))

    def refused(
        self, *, cohort: Path | None = None, results: Path | None = None, name: str = "sensitivity"
    ) -> str:
        """Ask for a report through the command and return the refusal, of which nothing is made."""
        given = ("--cohort", cohort or self.cohort, *(("--results", results) if results else ()))
        out = self.folder / "out"
        error = jifen("report", name, *given, "--round", 2020, "--quota", QUOTA, "--out", out).error
        assert not list(out.glob("*"))
        return error


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Draw a cohort and run the experiment on it."""
    made = Desk(tmp_path_factory.mktemp("desk"))
    synth = ("synth", "--round", 2020, "--size", PEOPLE, "--seed", 1, "--out", made.cohort)
    assert jifen(*synth).status == 0
    made.run("results")
    return made


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest, desk: Desk) -> list[Block]:
    """Tell of the experiment in a language."""
    scored = scored_cohort(str(desk.cohort), rules="beijing-2020", round_year=2020, quota=QUOTA)
    saved = experiment.opened(str(desk.results), rules=scored.rules, cohort=scored.cohort)
    page = RoundPage.of(scored, cohort=str(desk.cohort), lang=request.param, threshold=10)
    return list(Blocks([experiment.section(page, saved)]))


def tables_in(told: list[Block]) -> dict[str, Table]:
    """Give the tables by their keys."""
    return {block.key.removeprefix("experiment-"): block for block in told if isinstance(block, Table)}


def test_nothing_is_told_where_no_result_is_named(desk: Desk) -> None:
    """A report without results is as it was."""
    scored = scored_cohort(str(desk.cohort), rules="beijing-2020", round_year=2020, quota=QUOTA)
    page = RoundPage.of(scored, cohort="", lang="zh", threshold=10)
    assert experiment.opened("", rules=scored.rules, cohort=scored.cohort) is None
    assert list(Blocks([experiment.section(page, None)])) == []


def test_every_figure_is_drawn_whole(told: list[Block]) -> None:
    """Bars of the cutoff, and a point for each of the six that varied; no label is cut."""
    cutoffs, levers = figures_in(*told)
    check_figure(cutoffs, marks=8)
    check_figure(levers, marks=6)
    assert "results (" in cutoffs.footer


def test_outcomes_are_those_of_the_tables(told: list[Block], desk: Desk) -> None:
    """Mean and quantiles of what was saved; a number that has not converged is a dash."""
    drawn = pl.read_parquet(desk.results / "outcomes.parquet")
    rows = [row.cells for row in tables_in(told)["outcomes"].rows]
    cutoffs = drawn["cutoff_exact"].to_numpy() / 102_400
    assert rows[0][0].value == pytest.approx(cutoffs.mean())
    assert rows[1][0].value == pytest.approx(drawn["admitted"].mean(), abs=0.5)
    assert rows[2][0].value == pytest.approx(drawn["entered"].mean(), abs=0.5)
    # Of so few draws no quantile of the cutoff is known to 0.02 points.
    assert [cell.text for cell in rows[0][2:]] == ["—"] * 3


def test_levers_are_told_with_their_ranges(told: list[Block]) -> None:
    """The spec's own bounds, the names of choices, and what was drawn of weights that trade off."""
    rows = {row.name: [cell.text for cell in row.cells] for row in tables_in(told)["varied"].rows}
    assert len(rows) == 6
    quota, rate, choice, *_ = rows.values()
    assert [text for text in ("150", "120", "180") if text not in " ".join(quota)] == []
    assert ("2.5" in rate[1], "3.5" in rate[1], "none" in choice[1]) == (True, True, True)
    assert list(rows.values())[-1][1].count("%") == 2


def test_both_ends_of_a_lever_are_its_lowest_and_highest_tenth(told: list[Block], desk: Desk) -> None:
    """The mean cutoff of the tenth of the draws with the fewest places, and of that with the most."""
    drawn = pl.read_parquet(desk.results / "draws.parquet")
    cutoffs = pl.read_parquet(desk.results / "outcomes.parquet")["cutoff_exact"] / 102_400
    low, high = (drawn["quota"].quantile(end, "linear") for end in (0.1, 0.9))
    cells = tables_in(told)["moved"].rows[0].cells
    assert cells[0].value == pytest.approx(cutoffs.filter(drawn["quota"] < low).mean())
    assert cells[1].value == pytest.approx(cutoffs.filter(drawn["quota"] >= high).mean())
    assert cells[2].value == pytest.approx(cells[1].value - cells[0].value)  # type: ignore[operator]


def test_no_group_of_few_is_told(told: list[Block]) -> None:
    """Whoever is told of is at least ten on average, and so are the ends of the band."""
    groups = {key: table for key, table in tables_in(told).items() if key.startswith("groups-")}
    assert set(groups) >= {"groups-sex", "groups-age_band"}
    counts = [row.cells[0].value for table in groups.values() for row in table.rows]
    assert min(count for count in counts if count is not None) >= 10
    ends = [
        text
        for table in groups.values()
        for row in table.rows
        for text in row.cells[1].text.split()
        if text.isdigit()
    ]
    assert min(map(int, ends), default=10) >= 10
    # Nobody of 51 and more is among the 150.
    assert None in counts


def test_the_command_gives_the_report_the_folder(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Made whole, since a notebook runs where it likes; a report of another question takes none."""
    asked: list[Mapping[str, object]] = []

    def note(name: str, parameters: Mapping[str, object], **how: object) -> list[Path]:
        asked.append({"name": name, **parameters})
        return [desk.folder / "page.html"]

    monkeypatch.setattr(render, "report", note)
    monkeypatch.chdir(desk.folder)
    given = ("--cohort", "cohort.parquet", "--results", "results", "--round", 2020)
    assert jifen("report", "indicator_reform", *given).status == 0
    assert asked[0]["results"] == str(desk.results)
    assert "quota_sizing takes no --results" in jifen("report", "quota_sizing", *given).err
    assert "none does not exist" in jifen("report", "sensitivity", "--results", "none").error


def test_what_is_no_result_for_a_report_is_refused_before_it_runs(desk: Desk) -> None:
    """Persons, no result, too few draws, a changed table, several rounds: each says what to do."""
    persons = desk.refused(results=desk.results / "people.parquet")
    assert persons.endswith(
        "holds a line for each person, which no report shows; give the folder of the result"
    )
    assert "holds no finished result: it has no record.json" in desk.refused(results=desk.folder)
    few = desk.refused(results=desk.run("few", draws=16))
    assert "the mean cutoff has not converged after 16 draws" in few
    assert "with more draws, 64 say" in few
    nobody = desk.refused(results=desk.run("nobody", levers={"quota": {"low": 0, "high": 0}}, choices=None))
    assert "no draw has a cutoff" in nobody
    changed = desk.copied("changed")
    pl.read_parquet(changed / "outcomes.parquet").head(9).write_parquet(changed / "outcomes.parquet")
    assert "outcomes.parquet: is not the table that" in desk.refused(results=changed)
    years = desk.copied("years")
    rounds = pl.read_parquet(years / "outcomes.parquet").with_columns(round=2021)
    rounds.write_parquet(years / "outcomes.parquet")
    assert "follows several rounds, and this report is of one" in desk.refused(results=years)


@pytest.mark.parametrize("name", ["sensitivity", "annual_briefing", "quota_sizing", "indicator_reform"])
def test_a_result_is_no_cohort(desk: Desk, name: str) -> None:
    """Neither its folder nor its table of persons is scored, and where each belongs is said."""
    for wrong in (desk.results, desk.results / "people.parquet"):
        assert desk.refused(cohort=wrong, name=name).endswith(
            "name the cohort that the experiment was run on, and the folder of its result as --results"
        )


def test_a_result_of_other_applicants_or_rules_is_refused(desk: Desk) -> None:
    """The cells of the notebooks themselves refuse, wherever they run."""
    other = desk.folder / "other.parquet"
    assert jifen("synth", "--round", 2020, "--size", PEOPLE, "--seed", 2, "--out", other).status == 0
    reform = desk.folder / "reform.toml"
    reform.write_text(REFORMS["reform.toml"], "utf-8")
    notebooks = [render.NOTEBOOKS / f"{name}.ipynb" for name in ("sensitivity", "indicator_reform")]
    given = {"cohort": str(desk.cohort), "results": str(desk.results), "quota": QUOTA}
    for notebook in notebooks:
        with pytest.raises(
            UnfitResult, match=r"results: made from cohort with digest .* name the cohort it was"
        ):
            pieces(notebook, {**given, "cohort": str(other)}, ["zh"])
    with pytest.raises(UnfitResult, match=r"made from rules with digest .* name the rules it was made from"):
        pieces(notebooks[0], {**given, "rules": str(reform)}, ["zh"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sensitivity", "indicator_reform"])
def test_the_command_refuses_as_the_notebook_does(desk: Desk, name: str) -> None:
    """A line, and no page: through the kernel, the sentence stays what it is."""
    other = desk.folder / "third.parquet"
    assert jifen("synth", "--round", 2020, "--size", PEOPLE, "--seed", 3, "--out", other).status == 0
    error = desk.refused(cohort=other, results=desk.results, name=name)
    assert error.endswith("name the cohort it was made from, or run the experiment again")
