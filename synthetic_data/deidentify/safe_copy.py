"""Make a real export safe: pseudonyms for people, nothing that names them, dates and categories coarser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scoring.cohort.check import Door
from scoring.cohort.contract import FIRST_YEAR, LAST_YEAR
from scoring.cohort.identity import looks_like_identity
from scoring.cohort.provenance import DIGEST, ROUND, RULEBOOK, SYNTHETIC, VALUES
from scoring.rulebook import Rulebook
from synthetic_data.deidentify.categories import LEAST_THRESHOLD, THRESHOLD
from synthetic_data.deidentify.days import ROUNDS, Birth, days_needed
from synthetic_data.deidentify.errors import UnsafeExport
from synthetic_data.deidentify.export import TABLES, Export, read_export
from synthetic_data.deidentify.folder import check_place, new_folder
from synthetic_data.deidentify.identifiers import APPLICANT, named, pseudonymised
from synthetic_data.deidentify.key import Key
from synthetic_data.deidentify.markdown import markdown
from synthetic_data.deidentify.masking import masked_lines
from synthetic_data.deidentify.people import People, people_in
from synthetic_data.deidentify.report import Births, Report
from synthetic_data.deidentify.risk import Risk, assess
from synthetic_data.deidentify.tables import Means, Safe, safe
from synthetic_data.deidentify.treatment import Treatment
from synthetic_data.deidentify.words import Language

REPORT = "risk-report"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Say how an export is made safe.

    ``id_column`` says whom a row is about. ``birth`` keeps of birth dates what the rules need, or the month
    or the year alone. ``rulebooks`` and ``rounds`` are those that shall score the same; empty means all
    rulebooks, and the round the facts say they were made for, or else all. ``threshold`` is the fewest people
    of a category. ``quasi`` names the quasi-identifiers; empty means those that are usual.
    """

    id_column: str = APPLICANT
    birth: Birth = "rules"
    rulebooks: tuple[Rulebook, ...] = ()
    rounds: tuple[int, ...] = ()
    threshold: int = THRESHOLD
    quasi: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a threshold under which categories would point at people."""
        if self.threshold < LEAST_THRESHOLD:
            raise UnsafeExport(f"the threshold is {self.threshold}; it must be at least {LEAST_THRESHOLD}")

    def books(self) -> tuple[Rulebook, ...]:
        """Return the rulebooks that shall score the same."""
        return self.rulebooks or tuple(Rulebook.load(name) for name in Rulebook.names())


def deidentify(raw: str | Path, out: str | Path, *, key: Key, settings: Settings | None = None) -> Report:
    """Write a safe copy of an export into a new folder, with a report of the risk that remains.

    Args:
        raw: a CSV, Parquet or Excel file of facts or points, or a folder of histories, one file a table.
        out: a folder that does not exist yet, or is empty. It gets ``facts.parquet``, ``points.parquet`` or
            one Parquet file a table of records, and the report in Chinese, in English and as JSON.
        key: the secret of the pseudonyms.
        settings: how; the default keeps every score and everyone's eligibility.

    Raises:
        UnsafeExport: the export cannot be read, or of some cell it cannot be told what it is.
        UnknownName: a quasi-identifier is no column of the output.
        CannotWrite: the folder cannot be written.

    """
    how = settings or Settings()
    check_place(out)
    export = read_export(raw)
    tables, report = made_safe(export, key, how)
    metadata = _provenance(export)
    with new_folder(out) as folder:
        for name, table in tables.items():
            table.frame.write_parquet(folder / f"{name}.parquet", metadata=metadata)
        for language in LANGUAGES:
            path = folder / f"{REPORT}.{language}.md"
            path.write_text(markdown(report, language), encoding="utf-8")
        (folder / f"{REPORT}.json").write_text(report.as_json(), encoding="utf-8")
    return report


def made_safe(export: Export, key: Key, how: Settings) -> tuple[dict[str, Safe], Report]:
    """Treat every table of an export, and measure the risk that remains.

    Raises:
        UnsafeExport: of some cell it cannot be told what it is.
        UnknownName: a quasi-identifier is no column of the output.

    """
    books, rounds = how.books(), _rounds(export, how)
    found = {name: named(raw, TABLES[name], how.id_column) for name, raw in export.tables.items()}
    hidden, pseudonyms = pseudonymised(found, key)
    means = _means(books, rounds, how)
    tables = {name: safe(raw, TABLES[name], means) for name, raw in hidden.items()}
    wrong = [violation for table in tables.values() for violation in table.violations]
    if wrong:
        raise UnsafeExport(masked_lines(wrong))
    people = people_in(export.level, tables, how.quasi)
    treatments = (
        *pseudonyms,
        *(one for table in tables.values() for one in table.treatments),
    )
    report = Report(
        level=export.level,
        rows={name: table.frame.height for name, table in tables.items()},
        births=_births(treatments, books, rounds, how),
        threshold=how.threshold,
        treatments=treatments,
        risk=_risk(people, how),
        files_left=export.files_left,
        sheets_left=export.sheets_left,
    )
    return tables, report


def _risk(people: People, how: Settings) -> Risk:
    return assess(
        people.table,
        people.quasi,
        against=people.against,
        scored=people.scored,
        records=people.records,
        threshold=how.threshold,
    )


def _means(books: Sequence[Rulebook], rounds: Sequence[int], how: Settings) -> Means:
    exact = days_needed(books, rounds, birth="rules")
    days = exact if how.birth == "rules" else days_needed(books, rounds, birth=how.birth)
    door = Door.of(books[-1], rounds[0] if len(rounds) == 1 else LAST_YEAR, listed=1)
    return Means(door, days, exact["birth_date"], how.threshold)


def _births(
    treatments: Sequence[Treatment], books: Sequence[Rulebook], rounds: Sequence[int], how: Settings
) -> Births | None:
    """Say how birth dates were kept, where there were any."""
    for one in treatments:
        if one.column == "birth_date" and one.done == "days":
            names = tuple(book.name for book in books)
            return Births(how.birth, (rounds[0], rounds[-1]), names, one.data["changed"])
    return None


def _rounds(export: Export, how: Settings) -> tuple[int, ...]:
    """Return the rounds that shall score the same: those named and that the facts were made for, or all."""
    made_for = _provenance(export).get(ROUND)
    named_or_made_for = {*how.rounds, *([int(made_for)] if made_for else [])}
    return tuple(sorted(named_or_made_for or ROUNDS))


def _provenance(export: Export) -> dict[str, str]:
    """Return what facts say of how they were made, and nothing else that a file may say of itself."""
    found = export.tables["facts"].metadata if export.level == "facts" else {}
    said = {name: found.get(name, "") for name in (ROUND, RULEBOOK, DIGEST, VALUES)}
    sound = said[ROUND].isdecimal() and FIRST_YEAR < int(said[ROUND]) <= LAST_YEAR
    if not sound or any(not text or looks_like_identity(text) for text in said.values()):
        said = {}
    return said | ({SYNTHETIC: "true"} if found.get(SYNTHETIC) == "true" else {})
