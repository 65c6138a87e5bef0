"""What a column of the cohort holds that an indicator beyond the nine looks at."""

from __future__ import annotations

Held = bool | tuple[str, ...]
"""Whole numbers (False), numbers of two decimals (True), or one of these categories."""


def joint_held(held: Held, before: Held | None) -> Held:
    """Return what a column holds that two ask for: hundredths if one does, categories of either."""
    if before is None:
        return held
    if isinstance(held, tuple) and isinstance(before, tuple):
        return tuple(dict.fromkeys((*before, *held)))
    return held or before
