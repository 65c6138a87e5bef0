"""A what-if is saved as the reform that gives what the screen shows, or what is missing is said."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import scoring
from scoring.reform import Reform
from tests.reports.workbench.benches import asked, fact, heard, panel
from tests.simulate.engine.cohorts import RULES, facts_cohort


def save(folder: Path, *, title: str = "试改", file: str = "reform.toml", **moved: str) -> dict[str, Any]:
    """Save what moved levers come to, as the form does."""
    positions = {key.replace("__", "."): text for key, text in moved.items()}
    return heard(panel(), kind="save", title=title, file=str(folder / file) if file else "", moved=positions)


def read(folder: Path) -> Reform:
    """Read the reform that was saved."""
    return Reform.load(folder / "reform.toml")


def test_rates_are_saved_as_they_stand(tmp_path: Path) -> None:
    """The file holds the changed values, is pinned to the baseline, and gives the cutoff of the screen."""
    moved = {"employment__points_per_year": "2.75", "education__points__bachelor": "18"}
    reply = save(tmp_path, **moved)
    reform = read(tmp_path)
    assert reform.changes == {
        "employment.points_per_year": Decimal("2.75"),
        "education.points.bachelor": 18,
        "education.points.master_diploma": 18,
        "education.points.master_degree": 18,
    }
    assert reform.title == "试改"
    assert reply["notes"] == []
    assert reply["toml"] == (tmp_path / "reform.toml").read_text("utf-8")
    ranking = scoring.score(facts_cohort(2_000), reform.apply(RULES), quota=200).ranking
    assert fact(asked(panel(), **moved), "cutoff") == f"{ranking.cutoff}"


def test_a_weight_becomes_points_where_that_is_the_same(tmp_path: Path) -> None:
    """Half of tax and none of age are halved points and a removed indicator, on top of a changed rate."""
    moved = {"weights__tax": "0.5", "weights__age": "0", "tax__points_per_award": "3"}
    reply = save(tmp_path, **moved)
    reform = read(tmp_path)
    assert reform.changes == {
        "tax.points_per_award": Decimal("1.5"),
        "tax.max_points": 3,
        "tax.points_per_penalty": -6,
        "age.removed": True,
    }
    assert reply["notes"] == []
    ranking = scoring.score(facts_cohort(2_000), reform.rules, quota=200).ranking
    assert fact(asked(panel(), **moved), "cutoff") == f"{ranking.cutoff}"


def test_what_the_law_cannot_hold_is_said(tmp_path: Path) -> None:
    """A weight on points rounded by month and the quota stay out; screen and file say so."""
    reply = save(tmp_path, weights__employment="1.5", honours__points="30", quota="150")
    assert read(tmp_path).changes == {"honours.points": 30}
    assert len(reply["notes"]) == 3
    assert "合法稳定就业的权重1.5没有写入" in reply["notes"][0]
    assert "落户规模150人不属于细则" in reply["notes"][1]
    ranking = scoring.score(facts_cohort(2_000), read(tmp_path).rules, quota=150).ranking
    assert f"写成的改革在同一落户规模下的分数线为{ranking.cutoff}分" in reply["notes"][2]
    assert reply["toml"].startswith("".join(f"# {note}\n" for note in reply["notes"]))


def test_a_rate_of_a_removed_indicator_is_idle(tmp_path: Path) -> None:
    """A changed rate is not written beside its indicator's removal, except employment's, which counts."""
    rates = {"honours__points": "30", "employment__points_per_year": "2"}
    save(tmp_path, weights__honours="0", weights__employment="0", **rates)
    assert read(tmp_path).changes == {
        "honours.removed": True,
        "employment.removed": True,
        "employment.points_per_year": 2,
    }


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"title": " "}, "名称"),
        ({"file": ""}, "以.toml结尾"),
        ({"file": "reform.txt"}, "以.toml结尾"),
        ({"file": "nowhere/reform.toml"}, "无法写入"),
        ({"honours__points": "20"}, "没有可写入的内容"),
        ({"honours__points": "20", "weights__residence": "2"}, "合法稳定住所的权重2没有写入"),
    ],
)
def test_what_cannot_be_saved_is_refused(tmp_path: Path, form: dict[str, str], said: str) -> None:
    """Without a title, a file or a change nothing is written, and a sentence in Chinese says why."""
    reply = save(tmp_path, **{"honours__points": "30", **form})
    assert said in reply["refused"]
    assert not list(tmp_path.iterdir())


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    """A reform that was saved before stays as it was."""
    save(tmp_path, honours__points="30")
    before = (tmp_path / "reform.toml").read_text("utf-8")
    assert "已经存在" in save(tmp_path, honours__points="10")["refused"]
    assert (tmp_path / "reform.toml").read_text("utf-8") == before


def test_saving_leaves_what_was_asked(tmp_path: Path) -> None:
    """The last what-if of the panel is the one on its screen, saved or not."""
    on = panel()
    asked(on, quota="150")
    heard(on, kind="save", title="t", file=str(tmp_path / "a.toml"), moved={"honours.points": "30"})
    assert (on.asked.quota, on.asked.changes) == (150, {})
