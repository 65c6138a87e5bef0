"""One content, one digest: whatever it came in, and nothing else."""

import hashlib
import struct
from pathlib import Path

import polars as pl
import pytest

from scoring.cohort import Cohort
from scoring.cohort.digest import digest_of
from tests.scoring.cohort.made import ROUND, RULES, StandIn, admitted, csv, fact, typed

ROWS = [
    fact(team="b", home_district="东城区"),
    fact(applicant_id="甲2", honour="hero", barred_through="2021", team="a", home_district="西城区"),
]


def digest(frame: pl.DataFrame, rules: StandIn = RULES) -> str:
    """Return the digest of a frame of facts."""
    return Cohort.from_frame(frame, rules=rules, round_year=ROUND).digest


def test_the_format_makes_no_difference(tmp_path: Path) -> None:
    """UTF-8, GB18030, Parquet and a frame in two chunks are one content."""
    rows = [ROWS[0], {**ROWS[1], "home_district": "西城"}]
    frame = typed(*rows)
    frame.write_parquet(tmp_path / "facts.parquet")
    digests = {
        admitted(csv(tmp_path, *rows)).digest,
        admitted(csv(tmp_path, *rows, encoding="gb18030")).digest,
        admitted(tmp_path / "facts.parquet").digest,
        digest(pl.concat([frame[:1], frame[1:]], rechunk=False)),
        digest(
            frame.with_columns(pl.col("team").cast(pl.Categorical), pl.col("insured_months").cast(pl.UInt8))
        ),
    }
    assert len(digests) == 1


def test_more_keys_in_the_rulebook_make_no_difference() -> None:
    """The content is what people have, not what they could have."""
    wider = StandIn(honour_keys=("new", *RULES.honour_keys), award_keys=("first", *RULES.award_keys))
    assert digest(typed(ROWS[1]), wider) == digest(typed(ROWS[1]))


@pytest.mark.parametrize(
    "change",
    [
        {"insured_months": "151"},
        {"sex": "male"},
        {"criminal_record": "true"},
        {"birth_date": "1980-05-18"},
        {"residence_permit_date": ""},
        {"barred_through": "2021"},
        {"honour": "hero"},
        {"applicant_id": "A0003"},
        {"education": "none"},
    ],
)
def test_any_value_makes_a_difference(change: dict[str, str]) -> None:
    """A changed cell, and a null for a value, change the digest."""
    assert digest(typed(fact(**change))) != digest(typed(fact()))


def test_rows_and_columns_make_a_difference() -> None:
    """Order of rows, a group more and a group by another name are other contents."""
    frame = typed(*ROWS)
    others = [frame[::-1], frame.drop("team"), frame.rename({"team": "crew"}), frame[:1]]
    assert len({digest(frame), *map(digest, others)}) == 5


def test_texts_do_not_run_into_each_other() -> None:
    """``ab`` and ``c`` are not ``a`` and ``bc``, and null is not empty."""
    frames = [pl.DataFrame({"x": pair}) for pair in (["ab", "c"], ["a", "bc"], ["", "abc"], [None, "abc"])]
    assert len({digest_of(frame, "facts") for frame in frames}) == 4


def test_the_digest_is_what_it_says() -> None:
    """SHA-256 over names, nulls and little-endian values, worked out by hand for one small frame."""
    frame = pl.DataFrame(
        {
            "n": pl.Series([3, None], dtype=pl.Int16),
            "w": pl.Series(["b", "a"], dtype=pl.Enum(["c", "b", "a"])),
        }
    )
    content = b"jifen cohort 1\nfacts\n2\n"
    content += b"1:n\n" + bytes([0, 1]) + struct.pack("<2i", 3, 0)
    content += b"1:w\n" + b"1:a\n1:b\n" + struct.pack("<2i", 1, 0)
    assert digest_of(frame, "facts") == hashlib.sha256(content).hexdigest()
