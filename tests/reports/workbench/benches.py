"""Small cohorts opened on the workbench, and what their screen would be sent."""

from functools import cache
from typing import Any

import scoring
from reports.workbench import workbench
from reports.workbench.panel import Panel
from tests.reports.rounds import drawn
from tests.simulate.engine.cohorts import RULES, facts_cohort

QUOTA = 200


@cache
def scored() -> scoring.Scored:
    """Score two thousand applicants who do not exist."""
    return scoring.score(facts_cohort(2_000), RULES, quota=QUOTA)


@cache
def of_points() -> scoring.Scored:
    """Score six hundred people of whom only points are known."""
    people = drawn(600, team=["a", "b", "c"] * 200)
    cohort = scoring.Cohort.from_frame(people, rules=RULES, round_year=2020)
    return scoring.score(cohort, RULES, quota=100)


def panel(round_: scoring.Scored | None = None, *, lang: str = "zh", threshold: int = 10) -> Panel:
    """Open the workbench."""
    return workbench(round_ or scored(), lang=lang, threshold=threshold)


def asked(on: Panel, **moved: str) -> dict[str, Any]:
    """Ask as the screen does, with dots for double underscores, and return the reply."""
    return heard(on, kind="ask", moved={key.replace("__", "."): text for key, text in moved.items()})


def heard(on: Panel, **message: Any) -> dict[str, Any]:
    """Let the panel hear a message, and return its reply."""
    replies: list[dict[str, Any]] = []
    on.send = lambda content, buffers=None: replies.append(content)
    on._hear(on, {"id": 1, "from": "screen", **message}, None)
    (reply,) = replies
    return reply


def fact(reply: dict[str, Any], key: str) -> str:
    """Return one of the numbers that a reply shows."""
    (value,) = [str(fact["value"]) for fact in reply["facts"] if fact["key"] == key]
    return value
