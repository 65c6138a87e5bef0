"""Executors: where draws run, without changing a digit."""

from simulate.executor.errors import ExecutorError, LostWorker
from simulate.executor.executor import executor
from simulate.executor.setup import Setup
from simulate.executor.tasks import Answers, Run, Section, Task
from simulate.executor.version import code_digest, code_version

__all__ = [
    "Answers",
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
