"""The ensemble: written and read, and the same bytes after a stop."""

from pathlib import Path

import pytest

from simulate.calibrate.ensemble import Member, NoEnsemble, from_csv, load, to_csv
from simulate.calibrate.future import Future
from simulate.calibrate.run import Calibration


def member(number: int) -> Member:
    """A member that looks like none other."""
    future = Future(leaves=0.03, tax_begins=1.5, tax_ends=1.0, moves=0.5, late={2023: 1.25, 2024: 0.75})
    return Member({"all": -1.5, "late.2022": number / 8}, future, 1.25)


def test_an_ensemble_is_read_as_it_was_written() -> None:
    """Coefficients to three digits, assumptions to four."""
    members = (member(1), member(2))
    assert from_csv(to_csv(members)) == members


def test_a_member_gives_its_coefficients_in_any_order() -> None:
    """A trait that it does not know counts nothing."""
    assert member(4).vector(["late.2022", "unheard_of", "all"]).tolist() == [0.5, 0, -1.5]


def test_an_origin_without_an_ensemble_is_refused() -> None:
    """The message names those that there are."""
    with pytest.raises(NoEnsemble, match="no ensemble is calibrated with the data up to 2019; there are: "):
        load(2019)


class Stopped(Exception):
    """What stops a calibration in the middle."""


@pytest.mark.slow
def test_a_stopped_calibration_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    """Stopped before its last member and resumed, or run at once."""

    def stop(done: int, steps: int, _: str) -> None:
        if done == steps - 1:
            raise Stopped

    def small(folder: str) -> Calibration:
        return Calibration(tmp_path / folder, 7, members={2022: 2}, draws=(60_000, 60_000))

    small("whole").run()
    with pytest.raises(Stopped):
        small("parts").run(progress=stop)
    assert (tmp_path / "parts" / "ensemble-2022-seed-7.part").exists()
    small("parts").run(resume=True)
    for name in ("calibrated.toml", "ensemble-2022.csv"):
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert {one.name for one in (tmp_path / "parts").iterdir()} == {"calibrated.toml", "ensemble-2022.csv"}
    members = from_csv((tmp_path / "whole" / "ensemble-2022.csv").read_text("utf-8"))
    assert members[0].coefficients != members[1].coefficients
