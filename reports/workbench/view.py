"""What the workbench shows of an answer: counts and shares that may be seen, in words, and no person."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from reports import disclosure
from reports.disclosure import Publishable
from reports.words import HIDDEN, Words
from simulate.live import Answer, Workbench

WIDTH = 1
"""Points a bar of the distribution."""

OUTER = 5
"""The outermost bars reach to whole fives, so that nobody's extreme total is told."""

View = dict[str, Any]


@dataclass(frozen=True)
class Viewer:
    """Turn answers into what a screen shows, in one language and above one threshold."""

    words: Words
    threshold: int
    applicants: int
    bench: Workbench
    baseline: Answer = field(repr=False)

    def view(self, answer: Answer) -> View:
        """Return an answer as JSON: facts, a sentence, bars, and groups."""
        bins = answer.score_bins(width=WIDTH)
        return {
            "facts": self._facts(answer, eligible=int(bins["people"].sum())),
            "sentence": self._sentence(answer),
            "cutoff": None if answer.cutoff is None else float(answer.cutoff),
            "cutoff_text": self._points(answer.cutoff),
            "bars": self._bars(disclosure.merged(bins, threshold=self.threshold)),
            "groups": self._groups(disclosure.beside_baseline(answer.groups, threshold=self.threshold)),
        }

    def _facts(self, answer: Answer, *, eligible: int) -> list[View]:
        counts = {
            "applicants": self.applicants,
            "eligible": eligible,
            "admitted": answer.admitted,
            "tied": answer.tied,
        }
        told = disclosure.headline(counts, threshold=self.threshold)
        was = None if 0 < self.baseline.admitted < self.threshold else self.baseline.admitted
        entered, left = self._moved(answer)
        return [
            self._fact("cutoff", self._points(answer.cutoff), self._points(self.baseline.cutoff)),
            self._fact("admitted", self._people(told["admitted"]), self._people(was)),
            self._fact("tied", self._people(told["tied"])),
            self._fact("entered", entered),
            self._fact("left", left),
        ]

    def _fact(self, key: str, value: str, was: str = "") -> View:
        say = self.words.say
        note = say("workbench.was", value=was) if was else ""
        return {"key": key, "name": say(f"workbench.fact.{key}"), "value": value, "note": note}

    def _moved(self, answer: Answer) -> tuple[str, str]:
        """Say how many enter and leave; where one are few, the other is rounded, or it would tell them."""
        few = range(1, self.threshold)
        moved = (answer.entered, answer.left)
        if not any(people in few for people in moved):
            return self._people(moved[0]), self._people(moved[1])
        say, whole = self.words.say, self.threshold
        texts = []
        for people in moved:
            about = self.words.people(round(people / whole) * whole)
            texts.append(
                self._people(None)
                if people in few
                else say("workbench.about", people=about)
                if people
                else self._people(0)
            )
        return texts[0], texts[1]

    def _sentence(self, answer: Answer) -> str:
        say, was, now = self.words.say, self.baseline.cutoff, answer.cutoff
        entered, left = (say("unit.people", value=people) for people in self._moved(answer))
        if now is None or was is None:
            kind = "none" if now is None else "new"
            return say(f"workbench.sentence.{kind}", cutoff=self._points(now))
        values = {"cutoff": self._points(now), "was": self._points(was), "entered": entered, "left": left}
        if not (answer.entered or answer.left):
            return say("workbench.sentence.same" if now == was else "workbench.sentence.stay", **values)
        way = "rises" if now > was else "falls" if now < was else "stays"
        return say(f"workbench.sentence.{way}", change=self._points(abs(now - was)), **values)

    def _bars(self, bins: Publishable) -> list[View]:
        """Return the bars from the lowest up: ends, height, and what a pointer reads."""
        rows = bins.frame.reverse().select("lower", "upper", "people", "admitted").rows()
        bars = []
        for number, (lower, upper, people, admitted) in enumerate(rows):
            first, last = number == 0, number == len(rows) - 1
            ends = {
                "lower": math.floor(lower / OUTER) * OUTER if first and not admitted else lower,
                "upper": math.ceil(upper / OUTER) * OUTER if last else upper,
            }
            height = people * WIDTH / (upper - lower)
            tip = self._tip(ends, people, first=first and not admitted, last=last)
            bars.append({**ends, "height": round(height, 2), "admitted": admitted, "tip": tip})
        return bars

    def _tip(self, ends: dict[str, float], people: int, *, first: bool, last: bool) -> str:
        say, points = self.words.say, self.words.points
        kind = "from" if last else "under" if first else "between"
        upper = ends["upper"] if first else ends["upper"] - 0.01
        band = say(f"workbench.band.{kind}", lower=points(ends["lower"]), upper=points(upper))
        return say("workbench.bar", band=band, people=self.words.people(people))

    def _groups(self, groups: Publishable) -> list[View]:
        """Return each group's levels: the admitted's share, the baseline's, and both in words."""
        told: dict[str, View] = {}
        for row in groups.frame.rows(named=True):
            by = row["group"]
            group = told.setdefault(by, {"key": by, "name": self.words.title("dimension", by), "rows": []})
            group["rows"].append(self._row(by, row))
        return list(told.values())

    def _row(self, by: str, row: dict[str, Any]) -> View:
        share, was = row["share"], row["baseline_share"]
        hidden = share is None or was is None
        return {
            "level": self.words.level(by, row["level"]),
            "share": None if hidden else share,
            "was": None if hidden else was,
            "share_text": HIDDEN if hidden else self.words.share(share),
            "was_text": HIDDEN if hidden else self.words.share(was),
            "change_text": HIDDEN if hidden else self._change(share, was),
        }

    def _change(self, share: float, was: float) -> str:
        tenths = round(Decimal(str(share - was)) * 1000) / Decimal(10)
        sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
        return f"{sign}{abs(tenths):.1f}"

    def _people(self, people: int | None) -> str:
        if people is None:
            return self.words.say("workbench.few", threshold=self.threshold)
        return self.words.people(people)

    def _points(self, points: Decimal | None) -> str:
        return self.words.say("workbench.no_cutoff") if points is None else self.words.points(points)
