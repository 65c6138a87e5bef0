"""Tasks: chunks of draws on their way to workers and back."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from itertools import islice
from typing import Any, Protocol

Section = tuple[int, int]
"""The first draw of a chunk, and the one after its last."""


class Engine(Protocol):
    """Answer draws; which kind of draws and of outcomes is between the engine and whoever asks."""

    def run(self, draws: Any, /) -> Any:
        """Return the outcomes of some draws, each of which hangs on itself alone."""


Task = tuple[Section, Any]
Answers = Generator[tuple[Section, Any], None, None]
Run = Callable[[Iterable[Task]], Answers]
"""Answer tasks; answers come as they are ready, in any order, and tasks are taken only as they are needed."""

Submit = Callable[[Any], Any]
FirstDone = Callable[[Iterable[Any]], Iterable[Any]]


def answers(tasks: Iterable[Task], submit: Submit, *, first_done: FirstDone, ahead: int) -> Answers:
    """Keep some tasks ahead with workers, and yield answers as they come; what is left is called off.

    Args:
        tasks: chunks to answer.
        submit: hands draws to a worker and returns a future of their outcomes.
        first_done: waits for the first of some futures, and returns those that are done.
        ahead: how many tasks are with workers at a time.

    """
    queue, pending = iter(tasks), dict[Any, Section]()

    def hand_out(count: int) -> None:
        for section, draws in islice(queue, count):
            pending[submit(draws)] = section

    try:
        hand_out(ahead)
        while pending:
            for future in first_done(list(pending)):
                yield pending.pop(future), future.result()
                hand_out(1)
    finally:
        for future in pending:
            future.cancel()
