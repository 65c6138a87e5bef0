"""Exports as a department would make them: they name people who do not exist, and say where they work."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from scoring.rulebook import Rulebook
from synthetic_data.deidentify import Key
from tests.oracle.histories import facts_literally
from tests.oracle.history_strategies import random_histories
from tests.oracle.strategies import random_facts

SECRET = bytes(range(32))
KEY = Key(SECRET)
RULES = Rulebook.load("beijing-2020")
KEYS = {"award_keys": RULES.award_keys, "honour_keys": RULES.honour_keys}

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", ("伟", "秀英", "建国", "婷", "志强", "娜")
EMPLOYERS = tuple(f"北京{name}科技有限公司" for name in ("甲乙", "丙丁", "戊己", "庚辛", "壬癸", "子丑"))
PROVINCES = ("河北省", "山东省", "河南省")


Tables = dict[str, list[dict[str, Any]]]
APPLICANT_COLUMNS = ("birth_date", "sex", "post", "residence_permit_date", "criminal_record")
RECORDS = (
    *("insurance", "dwellings", "degrees", "awards"),
    *("equity", "income_tax", "penalties", "honours"),
)


@dataclass(frozen=True)
class Person:
    """Hold what names somebody who does not exist."""

    id_number: str
    name: str
    phone: str
    email: str
    address: str
    employer: str

    def values(self) -> tuple[str, ...]:
        """Give everything that may be in no output."""
        return (self.id_number, self.name, self.phone, self.email, self.address, self.employer)


def check_digit(first: str) -> str:
    """Give the 18th character of an identity number: the weights are powers of 2, modulo 11 (GB 11643)."""
    total = sum(int(digit) * 2 ** (17 - place) for place, digit in enumerate(first))
    return "10X98765432"[total % 11]


def person(number: int, born: date) -> Person:
    """Give somebody born on a day; another number is somebody else."""
    first = f"110105{born:%Y%m%d}{number % 1000:03d}"
    return Person(
        first + check_digit(first),
        SURNAMES[number % 10] + GIVEN[number // 10 % 6],
        f"139{number:08d}",
        f"user{number}@example.cn",
        f"北京市朝阳区某某路{number + 1}号院3号楼2单元{100 + number}室",
        EMPLOYERS[number % len(EMPLOYERS)],
    )


def named_columns(someone: Person) -> dict[str, str]:
    """Give the columns that name somebody, by their heading or by what stands in them."""
    return {
        "姓名": someone.name,
        "联系电话": someone.phone,
        "e-mail": someone.email,
        "备用字段1": someone.id_number,
        "备用字段2": f"电话{someone.phone}",
        "通讯": someone.address,
        "名称": someone.name,
        "单位名称": someone.employer,
    }


@dataclass(frozen=True)
class Export:
    """Hold an export and the people it names."""

    rows: list[dict[str, Any]]
    people: list[Person]

    def frame(self) -> pl.DataFrame:
        """Give the rows as Parquet would hold them."""
        return pl.DataFrame(self.rows, infer_schema_length=None)


def facts_export(size: int, *, round_year: int = 2020, seed: int = 1) -> Export:
    """Make facts dense at every threshold, keyed by identity numbers, with identity in many columns."""
    rng = random.Random(seed)  # noqa: S311 -- a seeded generator is what a test needs
    rows, people = [], []
    for number in range(size):
        facts = random_facts(rng, round_year, **KEYS)
        people.append(person(number, facts["birth_date"]))
        groups = {"户籍地": PROVINCES[number % 3] if number % 40 else "西藏自治区", "party": number % 2 == 0}
        rows.append({"applicant_id": people[-1].id_number, **facts, **named_columns(people[-1]), **groups})
    return Export(rows, people)


def histories_export(size: int, *, round_year: int = 2020, seed: int = 1) -> tuple[Tables, list[Person]]:
    """Make histories dense in awkward cases, keyed by identity numbers, with names in several tables."""
    rng = random.Random(seed)  # noqa: S311 -- a seeded generator is what a test needs
    tables: Tables = {"applicants": []}
    people = []
    for number in range(size):
        facts = random_facts(rng, round_year, **KEYS)
        someone = person(number, facts["birth_date"])
        people.append(someone)
        own = {name: facts[name] for name in APPLICANT_COLUMNS}
        tables["applicants"].append({"applicant_id": someone.id_number, **own, **named_columns(someone)})
        for table, records in random_histories(rng, round_year, **KEYS).items():
            named = {"applicant_id": someone.id_number, "经办人": "王建国", "单位名称": someone.employer}
            tables.setdefault(table, []).extend({**named, **record} for record in records)
    return tables, people


def literal_facts(tables: Mapping[str, Sequence[Mapping[str, Any]]], rulebook: str, year: int) -> Tables:
    """Count everyone's facts with the oracle, by pseudonym or identity number."""
    people: Tables = {}
    for row in tables["applicants"]:
        own = {
            name: [record for record in records if record["applicant_id"] == row["applicant_id"]]
            for name, records in tables.items()
        }
        own |= {name: [] for name in RECORDS if name not in own}
        facts = facts_literally(own, rulebook=rulebook, round_year=year, **KEYS)
        people[row["applicant_id"]] = [{**row, **facts}]
    return people


def write(frame: pl.DataFrame, path: Path, *, encoding: str = "utf-8") -> Path:
    """Write a table as its suffix says, words and dates as a clerk's program would."""
    if path.suffix == ".parquet":
        frame.write_parquet(path)
    elif path.suffix == ".csv":
        path.write_bytes(frame.write_csv().encode(encoding))
    else:
        write_sheets({"sheet": frame}, path)
    return path


def write_sheets(frames: Mapping[str, pl.DataFrame], path: Path) -> None:
    """Write a workbook with a sheet a table."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, frame in frames.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, frame.columns)
            for place, row in enumerate(frame.iter_rows()):
                for column, value in enumerate(row):
                    plain = str(value).lower() if isinstance(value, bool) else value
                    sheet.write(place + 1, column, plain)


def bytes_and_cells(folder: Path) -> bytes:
    """Give every byte of a folder's files and names, and every cell of its tables as plain text."""
    parts = [path.read_bytes() + path.name.encode() for path in sorted(folder.iterdir())]
    tables = [pl.read_parquet(path).write_csv().encode() for path in sorted(folder.glob("*.parquet"))]
    return b"\n".join([*parts, *tables])
