"""A run: what it says of each draw, against scoring done one draw at a time."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import scoring
from scoring.reform import Reform
from simulate.experiment import Experiment, ExperimentError, Result, ResultsError, run
from simulate.experiment.chunks import CHUNK, MOST_UNTIL, grown, sections
from simulate.experiment.frames import mark_of
from tests.simulate.experiment.specs import PEOPLE, QUOTA, RULES, cohort, experiment, points, spec

RATES = {
    "quota": {"low": 20, "high": 40},
    "employment.points_per_year": {"low": 2, "high": 4, "step": 0.25},
    "age.ladder": {"choices": ["baseline", "flat"]},
}
FLAT = {"flat": {"age.ladder": [{"up_to": 45, "points": 20}]}}


@pytest.fixture(scope="module")
def result() -> Result:
    """Give the result of two hundred draws of a quota, a rate and a ladder."""
    return run(experiment(levers=RATES, choices=FLAT))


def admitted_of(draw: dict[str, Any]) -> scoring.Scored:
    """Score one draw by itself."""
    changes = {"employment.points_per_year": Decimal(str(draw["employment.points_per_year"]))}
    ladder = {} if draw["age.ladder"] == "baseline" else FLAT["flat"]
    return scoring.score(cohort(), RULES.changed({**changes, **ladder}), quota=draw["quota"])


def test_each_draw_is_what_scoring_gives_for_its_values(result: Result) -> None:
    """The values of a draw, put into the rulebook and scored alone, give the outcomes beside them."""
    before = set(scoring.score(cohort(), RULES, quota=QUOTA).frame.filter("admitted")["applicant_id"])
    draws, outcomes = result.draws.collect(), result.outcomes.collect()
    for draw in range(0, 200, 13):
        scored = admitted_of(draws.row(draw, named=True))
        admitted = set(scored.frame.filter("admitted")["applicant_id"])
        assert outcomes.row(draw, named=True) == {
            "draw": draw,
            "cutoff": scored.ranking.cutoff,
            "cutoff_exact": int((scored.ranking.cutoff or 0) * 102_400),
            "admitted": scored.ranking.admitted,
            "tied": scored.ranking.tied_at_cutoff,
            "entered": len(admitted - before),
            "left": len(before - admitted),
        }


def test_groups_and_probabilities_add_up(result: Result) -> None:
    """In each draw the levels of a group hold all admitted; people's probabilities hold all admissions."""
    sums = result.groups.group_by("draw", "group").agg(pl.col("admitted").sum(), pl.col("share").sum())
    whole = sums.join(result.outcomes, on="draw").collect()
    assert whole.height == 400
    assert (whole["admitted"] == whole["admitted_right"]).all()
    assert whole["share"].to_list() == pytest.approx([1.0] * 400)
    people = result.people.collect()
    assert people["applicant_id"].to_list() == cohort().frame["applicant_id"].to_list()
    admissions = result.outcomes.select(pl.col("admitted").sum()).collect().item()
    assert people["probability"].sum() * 200 == pytest.approx(admissions)


def test_tables_have_the_columns_they_promise(result: Result) -> None:
    """Names, order and types of the four tables."""
    assert dict(result.draws.collect_schema()) == {
        "draw": pl.Int64,
        "quota": pl.Int64,
        "employment.points_per_year": pl.Float64,
        "age.ladder": pl.String,
    }
    assert dict(result.outcomes.collect_schema()) == {
        "draw": pl.Int64,
        "cutoff": pl.Decimal(12, 2),
        **dict.fromkeys(("cutoff_exact", "admitted", "tied", "entered", "left"), pl.Int64),
    }
    assert dict(result.groups.collect_schema()) == {
        "draw": pl.Int64,
        "group": pl.String,
        "level": pl.String,
        "admitted": pl.Int32,
        "share": pl.Float64,
    }
    assert dict(result.people.collect_schema()) == {"applicant_id": pl.String, "probability": pl.Float64}


def test_a_weighted_cutoff_is_exact_and_told_to_a_hundredth() -> None:
    """Only the weight of education moves: the exact cutoff is a whole number of 1/1024 hundredths."""
    made = run(experiment(levers={"weights.education": {"low": 0.5, "high": 1.5}}, draws=50))
    frame = made.outcomes.collect()
    exact = frame["cutoff_exact"] / 102_400
    assert (frame["cutoff_exact"] % 1024 != 0).any()
    assert (frame["cutoff"].cast(pl.Float64) - exact).abs().max() <= 0.005  # type: ignore[operator]


def test_draws_without_a_cutoff_say_so() -> None:
    """A quota of 0 admits nobody: no cutoff, no shares, and a summary of nothing that has not converged."""
    made = run(experiment(levers={"quota": {"low": 0, "high": 0}}, draws=120))
    outcomes, groups = made.outcomes.collect(), made.groups.collect()
    assert outcomes["cutoff"].null_count() == outcomes["cutoff_exact"].null_count() == 120
    assert groups["share"].null_count() == groups.height
    first = made.summary().row(0, named=True)
    assert (first["quantity"], first["value"], first["converged"]) == ("cutoff", None, False)
    assert not made.converged


def test_those_who_do_not_apply_are_not_admitted() -> None:
    """With a share of one half about half of the cohort is never admitted, even with a place for everyone."""
    half = {"applicants.share": {"dist": "uniform", "low": 0.5, "high": 0.5}}
    levers = {"quota": {"low": PEOPLE, "high": PEOPLE}}
    made = run(experiment(levers=levers, uncertainties=half))
    probabilities = made.people.collect()["probability"]
    eligible = scoring.score(cohort(), RULES, quota=1).frame["eligible"]
    assert set(probabilities) == {0.0, 1.0}
    assert probabilities.filter(eligible).mean() == pytest.approx(0.5, abs=0.1)
    assert made.draws.collect()["applicants.share"].to_list() == [0.5] * 200


def test_a_cohort_of_points_is_simulated_by_weights() -> None:
    """A draw is what weighting the public columns by hand gives."""
    plain = Experiment.of(spec(outcomes=None), cohort=points())
    made = run(plain)
    weights, quota = made.draws.collect().row(7)[2], made.draws.collect().row(7)[1]
    frame = points().frame.with_columns(
        (pl.col("total") * 1024 + (weights - 1) * 1024 * (pl.col("education") + pl.col("study_deduction")))
        .round()
        .alias("weighted")
    )
    assert made.outcomes.collect()["cutoff_exact"][7] == int(
        frame["weighted"].sort(descending=True)[quota - 1]
    )


def test_a_saved_result_is_the_one_in_memory(tmp_path: Path, result: Result) -> None:
    """A folder read back has the tables, the record and the specification of a run in memory."""
    saved = run(experiment(levers=RATES, choices=FLAT), tmp_path / "results")
    again = Result.load(tmp_path / "results")
    for name in ("draws", "outcomes", "groups", "people"):
        assert getattr(again, name).collect().equals(getattr(result, name).collect())
    assert again.spec == result.spec
    assert again.summary().equals(result.summary())
    assert {key: value for key, value in saved.record.items() if key != "files"} == result.record


def test_only_the_table_of_people_is_marked_as_one_of_persons(tmp_path: Path) -> None:
    """A report can tell from the file itself what it must not touch."""
    run(experiment(), tmp_path / "results")
    levels = {path.stem: mark_of(path)["level"] for path in (tmp_path / "results").glob("*.parquet")}
    assert levels == {
        "draws": "aggregate",
        "outcomes": "aggregate",
        "groups": "aggregate",
        "people": "person",
    }
    cohort().frame.write_parquet(tmp_path / "other.parquet")
    assert mark_of(tmp_path / "other.parquet") == {}


def test_the_record_says_what_a_result_was_made_from(tmp_path: Path) -> None:
    """Digests of experiment, rules and cohort, the seed, the baseline and the digest of each file."""
    made = experiment()
    run(made, tmp_path / "results")
    record = json.loads((tmp_path / "results" / "record.json").read_text("utf-8"))
    ranking = scoring.score(cohort(), RULES, quota=QUOTA).ranking
    assert record["experiment"] == made.digest
    assert record["rules"] == RULES.digest
    assert record["cohort"] == cohort().digest
    assert (record["seed"], record["draws"], record["applicants"]) == (0, 200, PEOPLE)
    assert record["baseline"]["admitted"] == ranking.admitted
    assert record["baseline"]["cutoff"] == float(ranking.cutoff or 0)
    assert sorted(record["files"]) == sorted(
        ["spec.toml", "draws.parquet", "outcomes.parquet", "groups.parquet", "people.parquet"]
    )
    assert (tmp_path / "results" / "spec.toml").read_text("utf-8") == made.text


def test_the_record_holds_the_digest_of_reformed_rules(tmp_path: Path) -> None:
    """Under a reform the record names it and has the digest of what it makes of the baseline."""
    reform = Reform.from_changes(RULES, {"education.points.doctor": 39}, title="甲")
    (tmp_path / "doctor.toml").write_text(reform.to_toml(), "utf-8")
    asked = Experiment.of(spec(rules="doctor.toml", draws=4), folder=tmp_path, cohort=cohort())
    record = run(asked).record
    assert (record["rulebook"], record["rules"]) == ("beijing-2020+甲", reform.rules.digest)


def test_the_summary_has_an_error_beside_each_number(result: Result) -> None:
    """Means and quantiles of the outcomes table, each with its standard error and its verdict."""
    summary = result.summary()
    cutoffs = result.outcomes.collect()["cutoff_exact"] / 102_400
    told = dict(summary.filter(quantity="cutoff").select("statistic", "value").iter_rows())
    assert told["mean"] == pytest.approx(cutoffs.mean())
    assert told["p05"] == pytest.approx(cutoffs.quantile(0.05, "linear"))
    assert told["p95"] == pytest.approx(cutoffs.quantile(0.95, "linear"))
    assert summary["standard_error"].null_count() == 0
    shares = result.groups.group_by("group", "level").agg(pl.col("share").mean()).collect()
    joined = summary.filter(quantity="share").join(shares, on=["group", "level"], how="full")
    assert joined.height == shares.height
    assert (joined["value"] - joined["share"]).abs().max() < 1e-8  # type: ignore[operator]
    wide = summary.filter(pl.col("standard_error") > pl.col("tolerance"))
    assert wide.height > 0
    assert not wide["converged"].any()


def test_a_run_grows_until_the_cutoff_is_sure_enough(tmp_path: Path) -> None:
    """Random draws are appended in chunks until their error is small; the first stay what they were."""
    made = experiment(design="random", draws=300)
    before = run(made, tmp_path / "before").summary().row(0, named=True)
    wanted = round(before["standard_error"] / 3, 4)
    after = run(made, tmp_path / "after", until=wanted)
    row = after.summary().row(0, named=True)
    assert after.record["draws"] > 300
    assert (after.record["draws"] - 300) % CHUNK == 0
    assert before["standard_error"] > wanted >= row["standard_error"]
    assert row["tolerance"] == wanted
    assert after.converged
    first = after.outcomes.head(300).collect()
    assert first.equals(Result.load(tmp_path / "before").outcomes.collect())


def test_a_run_grows_by_whole_hypercubes() -> None:
    """A Latin hypercube is appended to by others like it."""
    made = experiment(design="lhs", draws=300)
    error = run(made).summary()["standard_error"][0]
    assert run(made, until=error / 1.7).record["draws"] in (900, 1200)


def test_draws_grow_by_a_quarter_in_whole_units() -> None:
    """A run that has 10,000 draws and needs more gets one chunk more, one of 100,000 seven."""
    assert grown(10_000) == 10_000 + CHUNK
    assert grown(100_000) == 100_000 + 7 * CHUNK
    assert grown(300, unit=300) == 600
    assert grown(3000, unit=300) == 3900
    assert MOST_UNTIL > 1_000_000


def test_chunks_cover_every_draw_once() -> None:
    """Chunks follow each other from the first draw to the last."""
    cut = sections(0, 3 * CHUNK + 5)
    assert [start for start, _ in cut] == [0, CHUNK, 2 * CHUNK, 3 * CHUNK]
    assert [stop for _, stop in cut] == [CHUNK, 2 * CHUNK, 3 * CHUNK, 3 * CHUNK + 5]


def test_progress_is_told_from_nothing_to_all() -> None:
    """Whoever asks hears how many draws are done, and of how many."""
    heard: list[tuple[int, int]] = []
    run(experiment(draws=CHUNK + 1), progress=lambda done, total: heard.append((done, total)))
    assert heard == [(0, CHUNK + 1), (CHUNK, CHUNK + 1), (CHUNK + 1, CHUNK + 1)]


@pytest.mark.parametrize(
    ("changes", "until", "told"),
    [
        ({}, 0.0, "until = 0.0: an error is a number of points above 0"),
        ({}, float("nan"), "until = nan"),
        (
            {"design": "grid", "draws": None, "levers": {"quota": {"low": 1, "high": 5}}},
            0.02,
            "a grid holds every combination once",
        ),
    ],
)
def test_an_error_that_cannot_be_reached_is_refused(changes: Any, until: float, told: str) -> None:
    """An error is above 0, and a grid has none."""
    with pytest.raises(ExperimentError) as refusal:
        run(experiment(**changes), until=until)
    assert told in str(refusal.value)


def test_a_grid_has_every_combination_and_no_error() -> None:
    """Five quotas by two ladders: ten draws, each combination once, and numbers that hold without error."""
    levers = {"quota": {"low": 21, "high": 25}, "age.ladder": RATES["age.ladder"]}
    made = run(experiment(design="grid", draws=None, levers=levers, choices=FLAT))
    drawn = made.draws.collect().select("quota", "age.ladder")
    assert drawn.unique().height == drawn.height == 10
    assert set(made.summary()["standard_error"]) == {0.0}
    assert made.converged


def test_a_folder_without_a_record_is_no_result(tmp_path: Path) -> None:
    """Half of a result is none."""
    with pytest.raises(ResultsError, match=r"holds no finished result: it has no record\.json"):
        Result.load(tmp_path)
