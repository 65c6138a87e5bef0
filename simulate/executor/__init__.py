"""Executors: where draws run, without changing a digit."""

from simulate.executor.errors import ExecutorError, LostWorker
from simulate.executor.executor import Run, Section, Task, executor
from simulate.executor.setup import Setup
from simulate.executor.version import code_digest, code_version

__all__ = [
    "ExecutorError",
    "LostWorker",
    "Run",
    "Section",
    "Setup",
    "Task",
    "code_digest",
    "code_version",
    "executor",
]
