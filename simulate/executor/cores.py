"""Run draws on this machine's cores: joblib with one thread a worker over one engine.

The engine spends its time in numpy, which lets other threads run meanwhile. So workers share the cohort,
start at once, and none is left behind when the run is killed. Many cores are better used by processes:
`simulate.executor.cluster` starts some with ``local``.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from joblib import Parallel, delayed

from simulate.engine import Draws, Engine, Outcomes
from simulate.engine.blas import one_thread
from simulate.executor.executor import Answers, Run, Section, Task


@contextmanager
def cores(engine: Engine, workers: int) -> Iterator[Run]:
    """Open *workers* threads; numpy's products get one thread each, or they would wait for each other."""

    def run(tasks: Iterable[Task]) -> Answers:
        answers = parallel(delayed(_one)(engine, section, draws) for section, draws in tasks)
        try:
            for answer in answers:  # noqa: UP028  `yield from` would close it itself, and aloud
                yield answer
        finally:
            # A run that stops early leaves answers that nobody takes, and joblib would remark on it.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                answers.close()

    with (
        one_thread(),
        Parallel(workers, backend="threading", return_as="generator_unordered", batch_size=1) as parallel,
    ):
        yield run


def _one(engine: Engine, section: Section, draws: Draws) -> tuple[Section, Outcomes]:
    return section, engine.run(draws)
