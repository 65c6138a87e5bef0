"""``jifen quota``: tables on a terminal, as JSON and as files, and what it refuses."""

import json
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tests.reports.cli.command import FACTS, Said, jifen, saved
from tests.reports.rounds import frame
from tests.simulate.quota.pools import SEX, TEN


@pytest.fixture
def ten(tmp_path: Path) -> Path:
    """Give the ten people whose curve is worked out by hand."""
    path = tmp_path / "ten.csv"
    frame({"employment": TEN, "sex": SEX}).write_csv(path)
    return path


def test_the_curve_on_a_terminal(ten: Path) -> None:
    """Each quota has its line: cutoff with its interval, admitted, tied, slope and who is left over."""
    said = jifen("quota", "curve", ten, "--round", 2020, "--at", "5,8", "--replicates", 200)
    assert said.status == 0
    title, head, five, eight = said.out.splitlines()
    assert title == "The quota curve"
    assert head.split() == ["quota", "cutoff", "admitted", "tied", "people", "a", "point", "left", "over"]
    assert five.split()[:2] == ["5", "97.00"]
    # Behind the cutoff: admitted, tied, people a point with its interval, and who is left over.
    *_, admitted, tied, slope, low, _, high, left_over = five.split()
    assert (admitted, tied, slope, left_over) == ("7", "3", "4", "3")
    assert int(low.removeprefix("[")) <= 4 <= int(high.removesuffix("]"))
    assert eight.split()[-7:-4] == ["8", "1", "1"]


def test_json_holds_every_column(ten: Path) -> None:
    """Points are texts, people numbers, and a quota of 0 has no cutoff."""
    said = jifen("quota", "curve", ten, "--round", 2020, "--at", "0,5", "--by", "sex", "--json")
    told = json.loads(said.out)
    assert list(told) == ["curve", "groups"]
    none, five = told["curve"]
    assert (none["cutoff"], none["cutoff_low"], none["admitted"]) == (None, None, 0)
    assert (five["cutoff"], five["admitted"], five["people_per_point"]) == ("97.00", 7, 4.0)
    assert Decimal(five["cutoff_low"]) <= Decimal("97.00") <= Decimal(five["cutoff_high"])
    rates = {(row["quota"], row["level"]): row["admission_rate"] for row in told["groups"]}
    assert (rates[5, "female"], rates[5, "male"]) == (0.8, 0.6)


def test_files_are_csv_and_parquet(ten: Path, tmp_path: Path) -> None:
    """The folder is made, each table is in it twice, and both say the same."""
    out = tmp_path / "new" / "curve"
    said = jifen("quota", "curve", ten, "--round", 2020, "--at", "1:9:4", "--children", 1, "--out", out)
    assert said.status == 0
    assert {path.name for path in out.iterdir()} == {
        *("curve.csv", "curve.parquet", "population.csv", "population.parquet"),
    }
    exact = pl.read_parquet(out / "curve.parquet")
    assert exact["quota"].to_list() == [1, 5, 9]
    assert exact["cutoff"].to_list() == [Decimal("99.00"), Decimal("97.00"), Decimal("95.00")]
    assert pl.read_csv(out / "curve.csv")["admitted"].to_list() == exact["admitted"].to_list()


def test_people_who_settle_are_told_where_children_are_known(ten: Path) -> None:
    """Points know no children: none assumed, no such table; one each, twice as many."""
    told = json.loads(
        jifen(
            *("quota", "curve", ten, "--round", 2020, "--at", 10, "--json"),
            *("--children", 1, "--withdrawal", 0, "--lapse", 0),
        ).out
    )
    assert told["population"][0]["population"] == 20.0
    assert "population" not in jifen("quota", "curve", ten, "--round", 2020, "--at", 10, "--json").out


def test_every_target_has_its_line(ten: Path) -> None:
    """The quotas are those counted by hand, each named by what it is to reach."""
    said = jifen(
        *("quota", "find", ten, "--round", 2020, "--json", "--children", 0.5),
        *("--withdrawal", 0, "--lapse", 0, "--cutoff", 97, "--rate", "sex=female:0.4"),
        *("--backlog", 3, "--rounds", 1.5, "--population", 12),
    )
    rows = json.loads(said.out)["quotas"]
    assert [(row["target"], row["of"], row["quota"]) for row in rows] == [
        ("cutoff", "", 5),
        ("admission_rate", "sex = female", 2),
        ("backlog", "", 5),
        ("clearing", "", 4),
        ("population", "", 8),
    ]
    text = jifen("quota", "find", ten, "--round", 2020, "--rate", "sex=female:0.4").out
    assert "rate of sex = female at least 40.00%" in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("find",), "name a target: --cutoff"),
        (("find", "--rate", "female:0.4"), "GROUP=LEVEL:RATE"),
        (("find", "--rate", "sex=femal:0.4"), "did you mean female"),
        (("find", "--rate", "sex=female:4"), "from 0 to 1"),
        (("find", "--cutoff", "80"), "lowest total of the pool is 90.00"),
        (("find", "--population", "5"), "--children"),
        (("curve", "--at", "9:1:1"), "FROM:TO:STEP"),
        (("curve", "--at", "-1"), "FROM:TO:STEP"),
        (("curve", "--by", "sexes"), "did you mean sex"),
        (("curve", "--children", "1:2"), "LOW:LIKELY:HIGH"),
        (("curve", "--lapse", "0.2:0.1:0.3"), "range must hold the value"),
        (("curve", "--width", "0"), "positive number of hundredths"),
    ],
)
def test_a_refusal_says_what_to_do(ten: Path, arguments: tuple[str, ...], says: str) -> None:
    """One line, no traceback, and what would be accepted."""
    command, *rest = arguments
    said = jifen("quota", command, ten, "--round", 2020, *rest)
    assert said.status in (1, 2)
    assert says in said.err
    assert "Traceback" not in said.err


def test_a_file_is_no_folder_for_tables(ten: Path, tmp_path: Path) -> None:
    """A place that is a file is refused before it is touched."""
    place = tmp_path / "taken"
    place.write_text("mine", "utf-8")
    said = jifen("quota", "curve", ten, "--round", 2020, "--at", 5, "--out", place)
    assert (said.status, place.read_text("utf-8")) == (1, "mine")
    assert "a folder is needed" in said.err


def test_remarks_go_to_the_standard_error(tmp_path: Path) -> None:
    """What is to be said of a cohort does not stand among the tables."""
    said = jifen("quota", "curve", saved(tmp_path, FACTS), "--round", 2020, "--at", 1, "--json")
    assert json.loads(said.out)["curve"][0]["admitted"] == 1


def years(*more: object) -> Said:
    """Run ``jifen quota years`` on a small population."""
    small = ("--population", "plain", "--applicants", 1_000, "--members", 2, "--years", "2023:2025")
    return jifen("quota", "years", *small, *more)


def test_schedules_over_the_years_on_a_terminal() -> None:
    """One line a schedule and round, then the smallest schedules, and a note that nobody of them exists."""
    said = years("--schedule", 50, "--schedule", "50+10", "--target", "backlog:500:2024", "--base", 50)
    assert said.status == 0
    assert "none of them exist" in said.err
    paths, smallest = said.out.split("\n\n")
    rows = [line.split()[:3] for line in paths.splitlines()[2:]]
    assert rows == [
        *(["50", year, "50"] for year in ("2023", "2024", "2025")),
        *(
            ["50+10", year, places]
            for year, places in zip(("2023", "2024", "2025"), ("50", "60", "70"), strict=True)
        ),
    ]
    assert smallest.splitlines()[0] == "The schedules that meet the targets"
    assert len(smallest.splitlines()) == 4


def test_schedules_as_json_hold_every_band() -> None:
    """Each quantity of each round has its quantiles, in order, over all replications of all lines."""
    told = json.loads(years("--schedule", "50,60,40", "--json").out)["paths"]
    assert {row["places"] for row in told} == {40, 50, 60}
    assert {row["quantity"] for row in told} >= {"cutoff", "backlog", "population", "mean_waited", "age"}
    assert all(row["known"] == 128 and row["p05"] <= row["median"] <= row["p95"] for row in told)


def test_the_calibrated_ensemble_is_followed_unless_another_population_is_named() -> None:
    """Both replications of both members are told, and a budget has one schedule of each kind."""
    small = ("--applicants", 1_000, "--members", 2, "--years", "2023:2024", "--schedule", 50)
    said = jifen("quota", "years", *small, "--target", "population:200:2024", "--base", 40, "--json")
    assert "They are fitted to what is published" in said.err
    told = json.loads(said.out)
    assert {row["known"] for row in told["paths"]} == {4}
    constant, rising = told["schedules"]
    assert (constant["target"], constant["year"], rising["first"]) == ("population", 2024, 40)
    assert 40 < constant["places"] < 70


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--schedule", "many"), "6000+500"),
        (("--schedule", "50,60"), "places for 2 years"),
        (("--target", "backlog:500"), "QUANTITY:VALUE:YEAR"),
        (("--target", "backlogs:500:2024"), "did you mean backlog"),
        (("--target", "backlog:500:2031"), "the line ends in 2025"),
        (("--years", "2025"), "FIRST:LAST"),
        (("--years", "2026:2027"), "begin in 2023 at the latest"),
        (
            ("--population", "calibrated", "--years", "2026:2027"),
            "can begin after the rounds of 2020 to 2022",
        ),
        (("--population", "calibrated", "--years", "2023:2031"), "2030 is the last that can be forecast"),
        (("--population", "calibrated", "--members", "40"), "the ensemble of 2022 has 32"),
        (("--target", "backlog:-1:2024"), "they do in 0 % of the replications"),
    ],
)
def test_schedules_that_cannot_be_are_refused(arguments: tuple[str, ...], says: str) -> None:
    """Each refusal says how it is written, or how far one gets."""
    said = years(*arguments)
    assert said.status in (1, 2)
    assert says in said.err


def test_what_is_found_is_told_beside_a_target_that_is_not_met() -> None:
    """Where one of two targets is out of reach, paths and the other's schedules are told, and then which."""
    said = years("--schedule", 50, "--target", "backlog:-1:2024", "--target", "backlog:500:2024", "--json")
    assert said.status == 1
    assert "a backlog of at most -1" in said.err
    told = json.loads(said.out)
    assert [row["value"] for row in told["schedules"]] == [500, 500]
    assert len({row["year"] for row in told["paths"]}) == 3


@pytest.mark.shared
def test_the_published_list_is_sized_and_grouped(published: Path) -> None:
    """A list of points answers every question of one round that does not need facts."""
    rows = published / "admitted-2020.csv"
    asked = (rows, "--round", 2020)
    curve = json.loads(jifen("quota", "curve", *asked, "--at", "1000:6000:1000", "--json").out)["curve"]
    assert (curve[-1]["cutoff"], curve[-1]["admitted"], curve[-1]["tied"]) == ("97.13", 6_032, 54)
    found = json.loads(jifen("quota", "find", *asked, "--cutoff", 100, "--json").out)["quotas"][0]
    totals = pl.read_csv(rows)["total"]
    assert found["quota"] == (totals > 100).sum() + 1
    told = json.loads(jifen("distribution", *asked, "--quota", 3_000, "--json").out)
    assert {"rates", "standardised", "distances", "inequality"} <= set(told)
    admitted = {row["level"]: row["admitted"] for row in told["rates"] if row["trait"] == "taxed"}
    assert sum(admitted.values()) == 3_022
