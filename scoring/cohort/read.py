"""Read a cohort: a file of facts or points, or histories in a folder or a workbook."""

from __future__ import annotations

from pathlib import Path

from scoring.cohort.check import LISTED, Door
from scoring.cohort.check_histories import check_histories
from scoring.cohort.cohort import Cohort, admit
from scoring.cohort.counting import count_facts
from scoring.cohort.errors import CohortError
from scoring.cohort.excel_source import DATA_SHEETS, Workbook
from scoring.cohort.folder_source import Histories, holds_histories, in_folder, in_workbook
from scoring.cohort.formats import FORMATS, WORKBOOKS, reader_of, with_rows
from scoring.cohort.measures import Measures
from scoring.cohort.provenance import Rules
from scoring.cohort.sift import refused
from scoring.cohort.source import refuse

READERS = {suffix: with_rows(reader) for suffix, reader in FORMATS.items()}


def read(
    path: str | Path,
    *,
    rules: Rules,
    round_year: int,
    listed: int = LISTED,
    measures: Measures = (),
) -> Cohort:
    """Read and check a cohort of histories, facts or points.

    A folder means histories, one file a table, and so does a workbook with a sheet a table; facts are counted
    from them under *rules*, which must be a whole Rulebook. Elsewhere the level is told by columns:
    ``total`` means points, ``insured_months`` facts. The format is told by the suffix: ``.csv`` (UTF-8, also
    with byte-order mark, or GB18030), ``.parquet``, ``.xlsx``. Nothing is guessed or filled in; what is
    ignored or does not count is said in ``notices``. ``listed`` is how many rows are listed for each rule
    that is broken in a column. ``measures`` are columns of the user's own to read as numbers or yes and no,
    beside those that the rules look at: what reforms would look at.

    Raises:
        CohortError: something cannot be read or breaks the contract; ``violations`` says all that is wrong.

    """
    place, door = Path(path), Door.of(rules, round_year, listed=listed, measures=measures)
    if not place.exists():
        raise refuse("no_file", place)
    if place.is_dir():
        return _counted(in_folder(place), rules, door)
    if place.suffix.lower() not in WORKBOOKS:
        return admit(reader_of(place)(place), rules, door)
    book = Workbook.open(place)
    if holds_histories(book):
        return _counted(in_workbook(book), rules, door)
    return admit(book.read_one(DATA_SHEETS), rules, door)


def _counted(histories: Histories, rules: Rules, door: Door) -> Cohort:
    checked = check_histories(histories, door)
    if refused(checked.found):
        raise CohortError(checked.found)
    return Cohort(
        level="facts",
        frame=count_facts(checked.tables, checked.ids, rules, door.round_year),
        groups=checked.groups,
        notices=checked.found,
        round_year=door.round_year,
        source=str(histories.place),
        tables=checked.tables,
        counted_under=rules.digest,
        measures=tuple(door.measures),
    )
