"""The record of a result: what it was made from and by, so that anyone can make it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from scoring import Cohort
from simulate.engine import NO_CUTOFF, Outcomes
from simulate.executor import code_digest, code_version
from simulate.experiment.chunks import CHUNK
from simulate.experiment.experiment import Experiment
from simulate.experiment.summary import EXACT

_DECIMALS = 9
"""The last bits of a mean hang on the processor; these digits do not."""


def identity_of(experiment: Experiment, cohort: Cohort, until: float | None) -> dict[str, Any]:
    """Return what a run is of: one that was killed goes on only with the same."""
    return {
        "experiment": experiment.digest,
        "cohort": cohort.digest,
        "rules": experiment.rules.digest,
        "code": code_digest(),
        "until": until,
    }


def record_of(
    identity: Mapping[str, Any],
    experiment: Experiment,
    *,
    cohort: Cohort,
    baseline: Outcomes,
    draws: int,
    summary: pl.DataFrame,
) -> dict[str, Any]:
    """Return the record of a run."""
    of_cutoff = (pl.col("quantity") == "cutoff") & (pl.col("statistic") == "mean")
    mean = summary.row(by_predicate=of_cutoff, named=True)
    return {
        **identity,
        "jifen": code_version(),
        "rulebook": experiment.rules.name,
        "round": experiment.round_year,
        "level": cohort.level,
        "applicants": cohort.frame.height,
        "seed": experiment.seed,
        "design": experiment.design.name,
        "draws": draws,
        "draws_asked": experiment.draws,
        "draws_a_chunk": CHUNK,
        "groups": list(experiment.groups_of(cohort)),
        "baseline": _baseline(experiment, baseline),
        "converged": mean["converged"],
        "summary": [
            {name: _rounded(value) for name, value in row.items()} for row in summary.iter_rows(named=True)
        ],
    }


def with_files(record: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """Return the record as JSON, with the SHA-256 of the files it belongs to."""
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    text = json.dumps({**record, "files": digests}, ensure_ascii=False, indent=2)
    return f"{text}\n".encode()


def _baseline(experiment: Experiment, outcomes: Outcomes) -> dict[str, Any]:
    exact = int(outcomes.cutoff_exact[0])
    return {
        "quota": experiment.quota,
        "cutoff": None if exact == NO_CUTOFF else exact / EXACT,
        "admitted": int(outcomes.admitted[0]),
        "tied": int(outcomes.tied[0]),
    }


def _rounded(value: Any) -> Any:
    return round(value, _DECIMALS) if isinstance(value, float) else value
