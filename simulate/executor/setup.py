"""What every worker needs once, to prepare its engine: packed as bytes."""

from __future__ import annotations

import io
import pickle
from dataclasses import dataclass, fields, replace
from threading import Lock
from types import MappingProxyType
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from scoring import Cohort, Rulebook
from simulate.engine import Engine as RoundEngine
from simulate.executor.tasks import Engine

Packed = NDArray[np.uint8]
"""A setup as bytes in an array, which executors share with workers instead of sending it with each task."""


class Preparation(Protocol):
    """Prepare an engine, here or, from its bytes, in a worker."""

    def engine(self) -> Engine:
        """Prepare the engine."""

    def packed(self) -> Packed:
        """Return what it is prepared from as bytes."""


@dataclass(frozen=True)
class Setup:
    """Hold what an engine of one round is prepared from; ``seed`` is that of the lots: who applies."""

    cohort: Cohort
    rules: Rulebook
    groups: tuple[str, ...]
    quota: int
    seed: int = 0

    def engine(self) -> RoundEngine:
        """Prepare the engine."""
        return RoundEngine.prepare(
            self.cohort, self.rules, groups=self.groups, quota=self.quota, seed=self.seed
        )

    def packed(self) -> Packed:
        """Return the setup as bytes; remarks on the cohort stay behind."""
        return pack(replace(self, cohort=replace(self.cohort, notices=())))


def pack(setup: Preparation) -> Packed:
    """Return a setup as bytes."""
    buffer = io.BytesIO()
    _Pickler(buffer, protocol=pickle.HIGHEST_PROTOCOL).dump(setup)
    return np.frombuffer(buffer.getvalue(), dtype=np.uint8)


class _Pickler(pickle.Pickler):
    """Pickle rulebooks too: their read-only mappings are what pickle does not know."""

    def reducer_override(self, value: Any) -> Any:
        """Say how a value is made again."""
        return (_read_only, (dict(value),)) if isinstance(value, MappingProxyType) else NotImplemented


def _read_only(values: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(values)


def answer(packed: Packed, key: str, draws: Any) -> Any:
    """Answer draws in a worker; the engine of the setup called *key* is prepared once a process."""
    return _engine(packed, key).run(_own(draws))


_prepared: dict[str, Engine] = {}
_preparing = Lock()


def _engine(packed: Packed, key: str) -> Engine:
    with _preparing:
        if key not in _prepared:
            _prepared.clear()
            # The bytes come from this run itself, through Dask.
            _prepared[key] = cast("Preparation", pickle.loads(packed.tobytes())).engine()  # noqa: S301
        return _prepared[key]


def _own(draws: Any) -> Any:
    """Return draws in memory of this process: Dask hands over unaligned arrays, which halve the speed."""
    arrays = {one.name: getattr(draws, one.name) for one in fields(draws)}
    return replace(draws, **{name: one.copy() for name, one in arrays.items() if isinstance(one, np.ndarray)})
