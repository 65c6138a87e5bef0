"""The record of a result: what it was made from and by, so that anyone can make it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from simulate.executor import code_digest, code_version
from simulate.experiment.question import Question

_DECIMALS = 9
"""The last bits of a mean hang on the processor; these digits do not."""


def identity_of(question: Question, until: float | None) -> dict[str, Any]:
    """Return what a run is of: one that was killed goes on only with the same."""
    return {
        "experiment": question.experiment.digest,
        "cohort": question.cohort_digest,
        "rules": question.experiment.rules.digest,
        "code": code_digest(),
        "until": until,
    }


def record_of(
    identity: Mapping[str, Any], question: Question, *, draws: int, summary: pl.DataFrame
) -> dict[str, Any]:
    """Return the record of a run."""
    experiment = question.experiment
    means = summary.filter((pl.col("quantity") == "cutoff") & (pl.col("statistic") == "mean"))
    return {
        **identity,
        "jifen": code_version(),
        "rulebook": experiment.rules.name,
        **question.record(),
        "seed": experiment.seed,
        "design": experiment.design.name,
        "draws": draws,
        "draws_asked": experiment.draws,
        "draws_a_chunk": question.chunk,
        "converged": all(means["converged"]),
        "summary": [
            {name: _rounded(value) for name, value in row.items()} for row in summary.iter_rows(named=True)
        ],
    }


def with_files(record: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Return the record as JSON, with the SHA-256 of the files it belongs to."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    text = json.dumps({**record, "files": digests}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def _rounded(value: Any) -> Any:
    return round(value, _DECIMALS) if isinstance(value, float) else value
