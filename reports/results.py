"""Saved results of experiments, as far as a report may read them: aggregates that have converged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from scoring.errors import JifenError

if TYPE_CHECKING:
    from scoring.cohort import Cohort
    from scoring.rulebook import Rulebook
    from simulate.experiment.result import Result

MARK, PERSON = "jifen.results", "person"
"""How a table of results says that it has a line a person; experiments take a second to import, this none."""
#: The tables that a report reads; every result has them.
READ = ("draws.parquet", "outcomes.parquet", "groups.parquet")


class UnfitResult(JifenError):
    """Refuse a result that no report may rest on, and say what to do."""


@dataclass(frozen=True)
class Aggregates:
    """What a report may read of a result: no table of persons is among it.

    `draws`, `outcomes`, `groups` and `summary` are those of the result, `spec` is the experiment as it was
    written, `record` says how it was made and `folder` where it is.
    """

    folder: Path
    record: Mapping[str, Any]
    spec: str = field(repr=False)
    draws: pl.LazyFrame = field(repr=False)
    outcomes: pl.LazyFrame = field(repr=False)
    groups: pl.LazyFrame = field(repr=False)
    summary: pl.DataFrame = field(repr=False)


def open_result(
    folder: str | Path, *, rules: Rulebook | None = None, cohort: Cohort | None = None
) -> Aggregates:
    """Open a saved result for a report.

    Raises UnfitResult for a table of persons in place of a result, for a result of several rounds, for one
    that has not converged or was changed after it was made, and where it was made from other rules or another
    cohort than those given; ResultsError where there is none.
    """
    from simulate.experiment.result import Result

    refuse_persons(folder, then="give the folder of the result")
    result, place = Result.load(folder), Path(folder)
    _refuse_rounds(result, place)
    _refuse_changed(result, place)
    _refuse_others(result, place, rules=rules, cohort=cohort)
    _refuse_unconverged(result, place)
    return Aggregates(
        place, result.record, result.spec, result.draws, result.outcomes, result.groups, result.summary()
    )


def refuse_persons(path: str | Path, *, then: str) -> None:
    """Raise UnfitResult for a file that holds a line for each person of a result; anything else passes.

    *then* says what to give in its place.
    """
    file = Path(path)
    if file.suffix.lower() != ".parquet" or not file.is_file():
        return
    try:
        said = pl.read_parquet_metadata(file).get(MARK)
    except pl.exceptions.PolarsError:
        return
    if said is not None and json.loads(said).get("level") == PERSON:
        raise UnfitResult(f"{file}: holds a line for each person, which no report shows; {then}")


def refuse_results(path: str | Path) -> None:
    """Raise UnfitResult for a result of an experiment, or a table of its persons, in place of a cohort."""
    then = "name the cohort that the experiment was run on, and the folder of its result as --results"
    refuse_persons(path, then=then)
    if all((Path(path) / name).is_file() for name in READ):
        raise UnfitResult(f"{path}: is the result of an experiment and no cohort; {then}")


def _refuse_rounds(result: Result, folder: Path) -> None:
    if "round" in result.outcomes.collect_schema().names():
        raise UnfitResult(
            f"{folder}: follows several rounds, and this report is of one; give the result of an experiment "
            "without years"
        )


def _refuse_changed(result: Result, folder: Path) -> None:
    """Hold the tables that are read to the digests that the record says."""
    for name, said in result.record["files"].items():
        file = folder / name
        if name in READ and hashlib.sha256(file.read_bytes()).hexdigest() != said:
            raise UnfitResult(
                f"{file}: is not the table that {folder} was finished with; run the experiment again"
            )


def _refuse_others(result: Result, folder: Path, *, rules: Rulebook | None, cohort: Cohort | None) -> None:
    """Hold what the report is of to the digests that the record says."""
    for name, given in (("rules", rules), ("cohort", cohort)):
        if given is not None and given.digest != result.record[name]:
            made = str(result.record[name])[:12]
            raise UnfitResult(
                f"{folder}: made from {name} with digest {made}, not from those given with digest "
                f"{given.digest[:12]}; name the {name} it was made from, or run the experiment again"
            )
    if cohort is not None and cohort.round_year != result.record["round"]:
        raise UnfitResult(
            f"{folder}: is of the round of {result.record['round']}, not of {cohort.round_year}; "
            "name its round, or run the experiment again"
        )


def _refuse_unconverged(result: Result, folder: Path) -> None:
    if result.converged:
        return
    draws = result.record["draws"]
    if all(row["value"] is None for row in result.record["summary"] if row["quantity"] == "cutoff"):
        raise UnfitResult(
            f"{folder}: no draw has a cutoff, so there is nothing to tell; give draws more places"
        )
    raise UnfitResult(
        f"{folder}: the mean cutoff has not converged after {draws} draws, so no report rests on it; "
        f"run the experiment again with more draws, {4 * draws} say"
    )
