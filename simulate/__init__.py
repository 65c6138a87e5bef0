"""What if: the questions asked of a scored cohort and of many scored cohorts.

`simulate.run` answers an experiment, a file that says what varies over which cohort.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulate.experiment import Experiment, Result, run

__all__ = ["Experiment", "Result", "run"]


def __getattr__(name: str) -> Any:
    """Import what experiments need when it is first asked for: scipy.stats takes a second."""
    if name in __all__:
        from simulate import experiment  # noqa: PLC0415  see above

        return getattr(experiment, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
