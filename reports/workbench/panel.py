"""The widget: it hears what the sliders ask, and answers; no person is in the state that a notebook keeps."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

import simulate
from reports.disclosure import checked
from reports.words import Words
from reports.workbench.levers import QUOTA, RATES, Lever, levers
from reports.workbench.saving import saved
from reports.workbench.view import Viewer
from reports.workbench.what_if import WhatIf
from scoring.errors import JifenError
from simulate.distribution import dimensions

if TYPE_CHECKING:
    from scoring import Rulebook, Scored

MOST_LEVELS = 20
"""A column of more levels is no group that a screen can show."""


class Panel(anywidget.AnyWidget):
    """Sliders and what they give. What is asked and answered are messages, which no notebook keeps.

    `asked` is the last what-if: its quota, weights and changed values, to go on with in a cell.
    """

    _esm = resources.files(__package__).joinpath("panel.js").read_text("utf-8")
    _css = resources.files(__package__).joinpath("panel.css").read_text("utf-8")

    lang = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    levers: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    notices: traitlets.List[tuple[str, str]] = traitlets.List().tag(sync=True)
    protected = traitlets.Unicode().tag(sync=True)
    start = traitlets.Dict().tag(sync=True)

    def __init__(self, viewer: Viewer, moved: tuple[Lever, ...], scored: Scored) -> None:
        words = viewer.words
        super().__init__(
            lang=words.say("language.tag"),
            words=dict(words.entries["workbench"]["screen"]),
            levers=[_told(lever, words, scored.rules) for lever in moved],
            notices=_notices(scored, words),
            protected=words.say("workbench.protected", threshold=viewer.threshold),
            start=viewer.view(viewer.baseline),
        )
        self._viewer, self._moved = viewer, moved
        self.asked = WhatIf(scored.quota)
        self.on_msg(self._hear)

    @classmethod
    def of(cls, scored: Scored, *, lang: str, threshold: int) -> Panel:
        """Open the panel on a scored cohort; see `reports.workbench.workbench`."""
        words = Words.load(lang)
        groups = [name for name in dimensions(scored) if scored.frame[name].n_unique() <= MOST_LEVELS]
        told = [name for name in groups if not scored.frame.schema[name].is_numeric()]
        bench = simulate.workbench(scored.cohort, scored.rules, quota=scored.quota, groups=told)
        viewer = Viewer(words, checked(threshold), scored.ranking.applicants, bench, bench.ask())
        eligible = scored.ranking.eligible
        moved = levers(scored.rules, quota=scored.quota, eligible=eligible, level=scored.level)
        return cls(viewer, moved, scored)

    def _hear(self, _: object, message: Mapping[str, Any], __: object) -> None:
        """Answer one message: what moved levers give, or a reform to be written."""
        reply = {"to": message.get("from"), "id": message.get("id")}
        try:
            what_if = WhatIf.of(message.get("moved", {}), self._moved)
            reply |= self._saved(what_if, message) if message.get("kind") == "save" else self._shown(what_if)
        except JifenError as error:
            reply |= {"refused": str(error)}
        self.send(reply)

    def _shown(self, what_if: WhatIf) -> dict[str, Any]:
        bench = self._viewer.bench
        answer = bench.ask(weights=what_if.weights, changes=what_if.changes, quota=what_if.quota)
        self.asked = what_if
        return self._viewer.view(answer)

    def _saved(self, what_if: WhatIf, form: Mapping[str, Any]) -> dict[str, Any]:
        bench, words = self._viewer.bench, self._viewer.words
        return saved(what_if, form, bench=bench, words=words, baseline=bench.quota)


def _told(lever: Lever, words: Words, rules: Rulebook) -> dict[str, Any]:
    """Return what the screen must know of a lever; numbers are written out, so that none is rounded."""
    decimals = 0 if lever.key == QUOTA else 2
    text = words.points(lever.baseline) if lever.section == RATES else f"{lever.baseline.normalize():f}"
    numbers = ("baseline", "low", "high", "step", "least", "most")
    return {
        "key": lever.key,
        "section": lever.section,
        "name": lever.name(words),
        "hint": lever.hint(rules, words.lang),
        "decimals": decimals,
        "finest": str(Decimal(1).scaleb(-decimals)),
        "baseline_text": text,
        **{name: str(getattr(lever, name)) for name in numbers},
    }


def _notices(scored: Scored, words: Words) -> list[tuple[str, str]]:
    """Say what the baseline is, whether its people exist, and whether its rules were in force."""
    rules = scored.rules
    source = words.say(
        "workbench.source",
        rules=rules.title(words.lang),
        name=rules.name,
        digest=rules.digest[:12],
        round=scored.round_year,
        quota=words.people(scored.quota),
        applicants=words.people(scored.ranking.applicants),
    )
    synthetic = [words.say("workbench.synthetic")] if scored.cohort.synthetic else []
    remarks = [*synthetic, *(notice.text(words.lang) for notice in scored.notices)]
    return [("source", source), *(("notice", remark) for remark in remarks)]
