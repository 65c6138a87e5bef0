"""What the panel is told, it answers as scoring does; and nobody is in what it holds."""

import json
import re
import sys
from decimal import Decimal

import pytest

import scoring
from reports import workbench as room
from reports.disclosure import DisclosureError
from reports.words import LANGUAGES
from scoring import UnknownName
from tests.reports.workbench.benches import QUOTA, asked, fact, of_points, panel, scored
from tests.simulate.engine.cohorts import RULES, facts_cohort


def test_it_starts_at_the_baseline() -> None:
    """Before anything is moved the screen shows the scored cohort itself."""
    start, ranking = panel().start, scored().ranking
    assert fact(start, "cutoff") == f"{ranking.cutoff}"
    assert fact(start, "admitted") == str(ranking.admitted)
    assert start["sentence"] == f"与基准相同：分数线{ranking.cutoff}分。"


def test_a_moved_rate_is_the_cohort_scored_anew() -> None:
    """Quota and rate together give the cutoff of the whole cohort under the changed rulebook."""
    reply = asked(panel(), quota="150", employment__points_per_year="3.25")
    changed = RULES.changed({"employment.points_per_year": Decimal("3.25")})
    ranking = scoring.score(facts_cohort(2_000), changed, quota=150).ranking
    assert (reply["to"], reply["id"]) == ("screen", 1)
    assert fact(reply, "cutoff") == reply["cutoff_text"] == f"{ranking.cutoff}"
    assert fact(reply, "admitted") == str(ranking.admitted)


def test_a_tier_moves_together() -> None:
    """A slider for a tier of credentials sets each of them."""
    bench = panel()
    reply = asked(bench, education__points__bachelor="18")
    paths = ["education.points.bachelor", "education.points.master_diploma", "education.points.master_degree"]
    assert bench.asked.changes == dict.fromkeys(paths, Decimal(18))
    ranking = scoring.score(
        facts_cohort(2_000), RULES.changed(dict.fromkeys(paths, Decimal(18))), quota=QUOTA
    ).ranking
    assert fact(reply, "cutoff") == f"{ranking.cutoff}"


def test_a_weight_of_nothing_leaves_the_indicator_out() -> None:
    """Without age points the cutoff is that of the totals without them."""
    frame = scored().frame.filter("eligible")
    without = (frame["total"] - frame["age"]).sort(descending=True)[QUOTA - 1]
    assert fact(asked(panel(), weights__age="0"), "cutoff") == f"{without}"


def test_a_lever_back_at_its_baseline_changes_nothing() -> None:
    """A position that is the baseline's is no change, so the answer is the baseline's."""
    bench = panel()
    reply = asked(bench, employment__points_per_year="3.00", weights__age="1")
    assert (bench.asked.weights, bench.asked.changes) == ({}, {})
    assert reply["sentence"] == bench.start["sentence"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("weights.age", "4"),
        ("quota", "-1"),
        ("quota", "12.5"),
        ("employment.points_per_year", "3.125"),
        ("honours.points", "many"),
        ("honours.points", "NaN"),
        ("honors.points", "20"),
    ],
)
def test_what_no_lever_can_say_is_refused_and_not_kept(key: str, text: str) -> None:
    """A position out of range, off its grid or without a lever is an error on the screen, and no answer."""
    bench = panel()
    asked(bench, quota="190")
    reply = asked(bench, **{key.replace(".", "__"): text})
    assert key in reply["refused"]
    assert "facts" not in reply
    assert bench.asked.quota == 190


def test_points_move_by_quota_and_weights_alone() -> None:
    """On a table of points there is no slider for a rate, and no way to ask for one."""
    bench = panel(of_points())
    assert {lever["section"] for lever in bench.levers} == {"quota", "weights"}
    assert "no lever" in asked(bench, employment__points_per_year="2")["refused"]
    assert fact(asked(bench, quota="0"), "cutoff") == "无"


def test_levers_of_a_rulebook_that_parts_a_tier_are_apart() -> None:
    """Where the baseline's caps differ, as in the trial, each has a slider of its own."""
    trial = scoring.Rulebook.load("beijing-2018-trial")
    levers = {
        lever["key"]: lever for lever in panel(scoring.score(facts_cohort(2_000), trial, quota=9)).levers
    }
    assert levers["job_housing_area.home_max_points"]["baseline"] == "6.00"
    assert levers["job_housing_area.home_and_job_max_points"]["baseline"] == "12.00"
    assert (
        len({lever["name"] for lever in levers.values() if lever["section"] == "rates"}) == len(levers) - 10
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_lever_starts_inside_its_slider(lang: str) -> None:
    """Name, range and step fit the baseline, whatever the lever."""
    for lever in panel(lang=lang).levers:
        low, base, high = (Decimal(lever[name]) for name in ("low", "baseline", "high"))
        assert low <= base <= high
        assert (base - low) % Decimal(lever["step"]) == 0
        assert lever["name"]


def test_a_lever_tells_where_its_value_stands() -> None:
    """A pointer on a rate's name reads the article and the value in the law's words; a tier names each."""
    hints = {lever["key"]: lever["hint"] for lever in panel().levers}
    assert hints["employment.points_per_year"] == "第十五条第（一）项 就业每满1年积分"
    assert hints["education.points.bachelor"].count("附件2 ") == 3
    assert hints["quota"] == hints["weights.age"] == ""


def test_nobody_is_in_the_state_that_a_notebook_keeps() -> None:
    """The saved state holds aggregates and words: no pseudonym, and no list as long as the cohort."""
    state = json.dumps(panel().get_state(), ensure_ascii=False, default=str)
    assert not re.search(r"S\d{8}", state)
    bars = panel().start["bars"]
    assert len(bars) < 150
    assert {key for bar in bars for key in bar} == {"lower", "upper", "height", "admitted", "tip"}


def test_a_threshold_that_protects_nobody_is_refused() -> None:
    """The workbench keeps to the least threshold as every page does."""
    with pytest.raises(DisclosureError, match="threshold: 2"):
        panel(threshold=2)


def test_an_unknown_language_is_refused() -> None:
    """There is no workbench in a language without words."""
    with pytest.raises(UnknownName, match="zh, en"):
        panel(lang="fr")


def test_without_its_widget_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where anywidget is missing, one sentence names the extra."""
    monkeypatch.delitem(sys.modules, "reports.workbench.panel")
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(room.NoWidgets, match=r"needs anywidget: pip install 'jifen\[lab\]'"):
        room.workbench(scored())
