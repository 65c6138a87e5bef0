"""The result that a report is given, opened over the report's own rules and applicants."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reports.made_of import SHORT
from reports.page import Page
from reports.results import READ, Aggregates, open_result

if TYPE_CHECKING:
    from scoring.cohort import Cohort
    from scoring.rulebook import Rulebook


def opened(results: str, *, rules: Rulebook, cohort: Cohort) -> Aggregates | None:
    """Open the folder of a result, or nothing where none is named.

    Raises what `reports.results.open_result` raises: no report rests on a result of other rules or
    applicants, on one that has not converged or was changed, nor on a table of persons.
    """
    return open_result(results, rules=rules, cohort=cohort) if results else None


def page_of(page: Page, saved: Aggregates) -> Page:
    """Return a page with the same numbers whose figures say that they were made of the experiment."""
    record = saved.record
    told = replace(
        page.made_of,
        reform="",
        quota=record["baseline"]["quota"],
        seed=record["seed"],
        draws=record["draws"],
        experiment=f"{folder_of(saved)} ({record['experiment'][:SHORT]})",
    )
    return Page(words=page.words, threshold=page.threshold, made_of=told, numbers=page.numbers)


def sources_of(page: Page, saved: Aggregates) -> list[tuple[str, str]]:
    """Name what the experiment was made of, in full, so that it can be made again."""
    record = saved.record
    told = {
        "folder": folder_of(saved),
        "digest": record["experiment"],
        "design": page.say(f"experiment.design_{record['design']}"),
        "code": f"jifen {record['jifen']}",
        **{name: digest for name, digest in record["files"].items() if name in READ},
    }
    known = page.words.entries["experiment"]
    return [(known.get(f"source_{name}", name), text) for name, text in told.items()]


def folder_of(saved: Aggregates) -> str:
    """Name the folder of a result without where it lies."""
    return Path(saved.folder).resolve().name
