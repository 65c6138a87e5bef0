"""The counts of a round as a whole."""

from __future__ import annotations

from collections.abc import Mapping

from reports.disclosure.threshold import checked


def headline(counts: Mapping[str, int], *, threshold: int) -> dict[str, int | None]:
    """Give the headline counts `applicants`, `eligible`, `admitted` and `tied`, None for one to be hidden.

    Hidden is a count of some people but fewer than the threshold, and a count that would tell such a one by
    difference. Nobody at all may be told: a headline describes a round and no group of people.
    """
    applicants, eligible, admitted, tied = (
        counts[name] for name in ("applicants", "eligible", "admitted", "tied")
    )
    telling = {
        "applicants": (applicants, applicants - eligible, applicants - admitted),
        "eligible": (eligible, eligible - admitted),
        "admitted": (admitted,),
        "tied": (tied, admitted - tied),
    }
    few = range(1, checked(threshold))
    return {name: None if any(value in few for value in told) else told[0] for name, told in telling.items()}
