"""``jifen forecast``: what is printed, and what is refused."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import simulate.forecast
from simulate.calibrate.run import Calibration, Progress
from simulate.forecast import Forecast, Outlook
from simulate.forecast.years import Round
from tests.reports.cli.command import jifen

GIVEN = ("forecast", "--from", "2022", "--to", "2024", "--quota", "6000")


def said(year: int, cutoff: int) -> Round:
    """Make what one member of an ensemble says."""
    return Round(
        year=year,
        cutoff=cutoff,
        rank_scores={rank: cutoff + 600 - rank // 10 for rank in range(1000, 7000, 1000)},
        education={0: 0.05, 1050: 0.3, 1500: 0.4, 2600: 0.24, 3700: 0.01},
        area_share=0.9,
        area_mean=8.125,
        tax_share=0.25,
        mean_age=43.5,
        full_age_share=0.97,
        birth_years={1979: 2500.0, 1980: 3500.0},
        late_share=0.2,
    )


@pytest.fixture
def quotas(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """Forecast by three members made by hand, and note the quotas asked for."""
    asked: dict[int, int] = {}

    def forecast(*, origin: int, last: int, quota: Mapping[int, int]) -> Forecast:
        asked.update(quota)
        years = range(origin + 1, last + 1)
        return Forecast(
            origin,
            tuple(
                Outlook(year, tuple(said(year, 10_000 + 100 * member) for member in (0, 1, 2)))
                for year in years
            ),
        )

    monkeypatch.setattr(simulate.forecast, "forecast", forecast)
    return asked


@pytest.mark.usefixtures("quotas")
def test_json_holds_each_round_in_the_agreed_words() -> None:
    """Quantiles of the cutoff by hand: of 100, 101 and 102 the tenth is 100.2 and the median 101."""
    first, second = json.loads(jifen(*GIVEN, "--json").out)
    assert (first["round"], second["round"]) == (2023, 2024)
    assert first["cutoff"] == {"median": 101.0, "p10": 100.2, "p90": 101.8, "p05": 100.1, "p95": 101.9}
    assert first["rank_scores"]["1000"] == 106.0
    assert list(first["rank_scores"]) == ["1000", "2000", "3000", "4000", "5000", "6000"]
    expected: dict[str, Any] = {"0.00": 0.05, "10.50": 0.3, "15.00": 0.4, "26.00": 0.24, "37.00": 0.01}
    assert first["education"] == expected
    assert {name: first[name] for name in ("area_share", "area_mean", "tax_share", "mean_age")} == {
        "area_share": 0.9,
        "area_mean": 8.125,
        "tax_share": 0.25,
        "mean_age": 43.5,
    }
    assert first["full_age_share"] == 0.97
    assert first["birth_years"] == {"1979": 2500.0, "1980": 3500.0}


@pytest.mark.usefixtures("quotas")
def test_without_json_it_is_a_table_to_read() -> None:
    """A line a round, with the interval."""
    head, first, _ = jifen(*GIVEN).out.splitlines()
    assert head.startswith("round  cutoff  80 % interval")
    assert "2023   101.00  100.20-101.80" in first


def test_quotas_may_differ_by_round(quotas: dict[int, int]) -> None:
    """One for all, and another for 2024."""
    assert jifen(*GIVEN, "--quota", "2024=7000").status == 0
    assert quotas == {2023: 6000, 2024: 7000}


def test_a_quota_that_is_no_number_is_refused() -> None:
    """As a wrongly written command."""
    wrong = jifen("forecast", "--from", "2022", "--to", "2024", "--quota", "many")
    assert wrong.status == 2
    assert "many is neither a number of places nor YEAR=N" in wrong.err


def test_a_round_without_a_quota_is_refused() -> None:
    """Only 2024 has one."""
    wrong = jifen("forecast", "--from", "2022", "--to", "2024", "--quota", "2024=6000")
    assert (wrong.status, wrong.out) == (1, "")
    assert wrong.error == "the round of 2023 needs a quota of at least 1"


def test_a_calibration_is_run_into_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With seed 1 unless another is given, from the start unless it is to go on."""
    runs: list[tuple[Path, int, bool]] = []

    def run(self: Calibration, *, resume: bool, progress: Progress) -> None:
        progress(self.steps - 1, self.steps, "2020: member 16 of 16")
        runs.append((self.out, self.seed, resume))

    monkeypatch.setattr(Calibration, "run", run)
    said = jifen("calibrate", "--out", str(tmp_path / "new"))
    assert (said.status, said.out) == (0, f"calibrated with seed 1; written to {tmp_path / 'new'}\n")
    assert jifen("calibrate", "--out", str(tmp_path / "new"), "--seed", "7", "--resume").status == 0
    assert runs == [(tmp_path / "new", 1, False), (tmp_path / "new", 7, True)]


@pytest.mark.slow
def test_the_committed_ensemble_forecasts_the_rounds_to_come() -> None:
    """Cutoffs rise, intervals grow with the horizon, shares are shares; the same command, the same bytes."""
    command = ("forecast", "--from", "2022", "--to", "2026", "--quota", "6000", "--json")
    told = jifen(*command).out
    rounds = json.loads(told)
    cutoffs = [one["cutoff"]["median"] for one in rounds]
    assert cutoffs[0] > 105.42
    assert cutoffs == sorted(cutoffs)
    widths = [one["cutoff"]["p90"] - one["cutoff"]["p10"] for one in rounds]
    assert widths == sorted(widths)
    for one in rounds:
        assert sum(one["education"].values()) == pytest.approx(1, abs=1e-3)
        assert sum(one["birth_years"].values()) == pytest.approx(6000, rel=0.03)
    assert jifen(*command).out == told
