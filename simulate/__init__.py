"""What if: the questions asked of a scored cohort and of many scored cohorts.

`simulate.run` answers an experiment, a file that says what varies over which cohort; `simulate.workbench`
answers one what-if after the other, as fast as a slider moves.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulate.experiment import Experiment, Result, run
    from simulate.live import Workbench, workbench

__all__ = ["Experiment", "Result", "Workbench", "run", "workbench"]


def __getattr__(name: str) -> Any:
    """Import a name's module when it is first asked for: experiments need scipy.stats, which takes long."""
    if name in __all__:
        home = "simulate.live" if name.lower() == "workbench" else "simulate.experiment"
        return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
