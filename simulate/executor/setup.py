"""What every worker needs once: the cohort, the rulebook and the baseline, packed as bytes."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, replace
from threading import Lock
from types import MappingProxyType
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from scoring import Cohort, Rulebook
from simulate.engine import Draws, Engine, Outcomes

Packed = NDArray[np.uint8]
"""A setup as bytes in an array, which executors share with workers instead of sending it with each task."""


@dataclass(frozen=True)
class Setup:
    """Hold what an engine is prepared from; ``seed`` is that of the lots which decide who applies."""

    cohort: Cohort
    rules: Rulebook
    groups: tuple[str, ...]
    quota: int
    seed: int = 0

    def engine(self) -> Engine:
        """Prepare the engine."""
        return Engine.prepare(self.cohort, self.rules, groups=self.groups, quota=self.quota, seed=self.seed)

    def packed(self) -> Packed:
        """Return the setup as bytes; remarks on the cohort stay behind."""
        buffer = io.BytesIO()
        _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(
            replace(self, cohort=replace(self.cohort, notices=()))
        )
        return np.frombuffer(buffer.getvalue(), dtype=np.uint8)


class _Pickler(pickle.Pickler):
    """Pickle rulebooks too: their read-only mappings are what pickle does not know."""

    def reducer_override(self, value: Any) -> Any:
        """Say how a value is made again."""
        return (_read_only, (dict(value),)) if isinstance(value, MappingProxyType) else NotImplemented


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


def answer(packed: Packed, key: str, draws: Draws) -> Outcomes:
    """Answer draws in a worker; the engine of the setup called *key* is prepared once a process."""
    return _engine(packed, key).run(_own(draws))


_prepared: dict[str, Engine] = {}
_preparing = Lock()


def _engine(packed: Packed, key: str) -> Engine:
    with _preparing:
        if key not in _prepared:
            _prepared.clear()
            # The bytes come from this run itself, through Dask.
            _prepared[key] = cast("Setup", pickle.loads(packed.tobytes())).engine()  # noqa: S301
        return _prepared[key]


def _own(draws: Draws) -> Draws:
    """Return draws in memory of this process: Dask hands over unaligned arrays, which halve the speed."""
    return Draws(
        draws.weights.copy(),
        draws.quota.copy(),
        draws.changes,
        None if draws.applies is None else draws.applies.copy(),
    )
