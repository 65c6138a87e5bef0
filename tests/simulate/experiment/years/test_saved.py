"""The folder of an experiment over several years: its tables, its record, and the same bytes every time."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from reports.results import UnfitResult, open_result, refuse_results
from simulate.experiment import Result, ResultsError, run
from simulate.experiment.years.engine import YearsEngine
from simulate.experiment.years.several_years import APART, TOGETHER, SeveralYears
from tests.simulate.experiment.test_folder import contents
from tests.simulate.experiment.years.specs import LEAVES, ROUNDS, experiment, write

ROOT = Path(__file__).parents[4]
DRAWS = TOGETHER + 3
MANY: dict[str, Any] = {
    "draws": DRAWS,
    "uncertainties": {LEAVES: {"dist": "uniform", "low": 0.0, "high": 0.2}},
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a run that nothing disturbed."""
    folder = tmp_path_factory.mktemp("years") / "whole"
    run(experiment(**MANY), folder)
    return folder


def test_the_folder_holds_tables_by_draw_and_round(whole: Path) -> None:
    """No table of people, a row a draw and round, and the specification as it was written."""
    result = Result.load(whole)
    assert sorted(path.name for path in whole.iterdir()) == sorted(
        [*("spec.toml", "draws.parquet", "outcomes.parquet", "groups.parquet"), "record.json", "run.log"]
    )
    assert result.spec == experiment(**MANY).text
    assert result.people.collect().is_empty()
    assert dict(result.outcomes.collect_schema()) == {
        "draw": pl.Int64,
        "round": pl.Int64,
        "cutoff": pl.Decimal(12, 2),
        "cutoff_exact": pl.Int64,
        **dict.fromkeys(("admitted", "tied", "entered", "left", "pool", "eligible"), pl.Int64),
        **dict.fromkeys(("backlog", "settled", "children"), pl.Int64),
        "mean_waited": pl.Float64,
    }
    assert list(result.groups.collect_schema()) == ["draw", "round", "group", "level", "admitted", "share"]
    outcomes = result.outcomes.collect()
    assert outcomes.height == DRAWS * len(ROUNDS)
    assert outcomes["round"].to_list()[:5] == [*ROUNDS, ROUNDS[0]]
    assert list(result.draws.collect_schema()) == ["draw", "quota", LEAVES]


def test_the_record_says_which_rounds_and_people(whole: Path) -> None:
    """The rounds, how many people were drawn, and what the baseline gives in each round."""
    record = Result.load(whole).record
    assert (record["rounds"], record["level"], record["draws_a_chunk"]) == (list(ROUNDS), "lives", TOGETHER)
    assert [row["round"] for row in record["baseline"]] == list(ROUNDS)
    assert record["applicants"] == record["baseline"][0]["pool"] < record["people"]


def test_the_summary_tells_every_round_with_its_error(whole: Path) -> None:
    """The mean of each round's cutoffs, and a verdict of its own."""
    result = Result.load(whole)
    means = result.summary().filter(quantity="cutoff", statistic="mean")
    told = (
        result.outcomes.group_by("round").agg(pl.col("cutoff_exact").mean() / 102_400).sort("round").collect()
    )
    assert means["round"].to_list() == list(ROUNDS)
    assert means["value"].to_list() == pytest.approx(told["cutoff_exact"].to_list())
    assert means["standard_error"].null_count() == 0
    assert result.converged == means["converged"].all()


def test_two_workers_give_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    """The files are those of one worker, but for the journal."""
    run(experiment(**MANY), tmp_path / "two", workers=2)
    assert contents(tmp_path / "two") == contents(whole)


@pytest.mark.slow
def test_a_cluster_gives_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    """Workers draw the people for themselves, and they are the same."""
    run(experiment(**MANY), tmp_path / "cluster", workers=2, cluster="local")
    assert contents(tmp_path / "cluster") == contents(whole)


def test_a_run_that_was_stopped_goes_on_to_the_same_bytes(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted after its first chunk, it runs only the other one."""
    runs = []
    answer = YearsEngine.run

    def failing(engine: YearsEngine, draws: object) -> object:
        runs.append(len(draws))  # type: ignore[arg-type]
        if runs == [1, TOGETHER, 3]:
            raise KeyboardInterrupt
        return answer(engine, draws)  # type: ignore[arg-type]

    monkeypatch.setattr(YearsEngine, "run", failing)
    with pytest.raises(KeyboardInterrupt):
        run(experiment(**MANY), tmp_path / "stopped")
    runs.clear()
    run(experiment(**MANY), tmp_path / "stopped", resume=True)
    assert runs == [1, 3]
    assert contents(tmp_path / "stopped") == contents(whole)


def test_draws_grow_until_every_round_is_sure_enough() -> None:
    """The error asked for is reached in the round that is least sure, and the first draws stay."""
    made = experiment(draws=100, design="random", levers={"quota": {"low": 15, "high": 60}})
    few = run(made)
    errors = few.summary().filter(quantity="cutoff", statistic="mean")["standard_error"]
    wanted = float(errors.max()) / 1.2  # type: ignore[arg-type]
    enough = run(made, until=wanted)
    assert enough.record["draws"] > 100
    assert enough.converged
    again = enough.summary().filter(quantity="cutoff", statistic="mean")
    assert (again["standard_error"] <= wanted).all()
    assert enough.outcomes.head(100 * len(ROUNDS)).collect().equals(few.outcomes.collect())


def test_chunks_are_small_where_each_draw_has_its_own_points() -> None:
    """Little is lost with a chunk: what is answered one by one is kept sooner."""
    weights = {"weights.education": {"low": 0.5, "high": 1.5}}
    lives = {"population.home.buys": {"dist": "uniform", "low": 0.7, "high": 0.9}}
    assert SeveralYears.of(experiment(**MANY)).chunk == TOGETHER
    assert SeveralYears.of(experiment(levers=weights)).chunk == APART
    assert SeveralYears.of(experiment(uncertainties=lives)).chunk == APART


def test_another_population_is_not_resumed(tmp_path: Path) -> None:
    """Begun with other people, a run does not go on."""
    run(experiment(draws=2), tmp_path / "results")
    with pytest.raises(ResultsError, match="the experiment is another"):
        run(experiment(draws=2, population={"applicants": 700}), tmp_path / "results", resume=True)


@pytest.mark.slow
def test_a_killed_run_resumes_to_the_same_bytes(tmp_path: Path) -> None:
    """Killed outright at random moments, some of them again while they resume, all folders are alike."""
    weights = {"weights.education": {"low": 0.9, "high": 1.1, "step": 0.1}}
    file = write(tmp_path, draws=300, levers=weights, uncertainties=MANY["uncertainties"])
    module = "tests.simulate.experiment.kills"
    command = [sys.executable, "-m", module, str(file), str(tmp_path), "20", "0"]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # a fork copies no thread
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    told = re.fullmatch(r"5 files; (\d+) stopped before their end; different: \[\]\n", done.stdout)
    assert told is not None, done.stdout + done.stderr
    assert int(told[1]) >= 10


def test_no_report_takes_it_for_a_cohort_or_for_a_result_of_one_round(whole: Path) -> None:
    """Given as either, the folder is refused in a sentence."""
    with pytest.raises(UnfitResult, match="is the result of an experiment and no cohort"):
        refuse_results(whole)
    with pytest.raises(UnfitResult, match="follows several rounds, and this report is of one"):
        open_result(whole)
