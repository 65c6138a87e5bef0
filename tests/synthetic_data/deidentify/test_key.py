"""The key and the pseudonyms: HMAC-SHA-256, one for each person, none for those without the key."""

import hashlib
from pathlib import Path

import polars as pl
import pytest

from synthetic_data.deidentify import Key, UnusableKey
from synthetic_data.deidentify.key import Pseudonyms, one_spelling

from .exports import KEY, SECRET


def hmac_by_hand(key: bytes, message: bytes) -> str:
    """Give HMAC-SHA-256 as RFC 2104 defines it, for a key no longer than a block of 64 bytes."""
    block = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in block) + inner).hexdigest()


def test_a_pseudonym_is_the_keyed_hash_of_domain_and_identity() -> None:
    """The digits are the first 96 bits of HMAC-SHA-256, computed here from its definition."""
    expected = hmac_by_hand(SECRET, b"jifen applicant\x00110105198001011234")
    assert KEY.pseudonym("110105198001011234", "applicant") == "A" + expected[:24]


def test_people_and_employers_are_apart() -> None:
    """The same text as person and as employer has two pseudonyms that do not tell of each other."""
    assert str(KEY.pseudonym("x", "applicant"))[1:] != str(KEY.pseudonym("x", "employer"))[1:]


def test_another_key_gives_other_pseudonyms() -> None:
    """Without the key nobody can try identity numbers one after the other."""
    assert KEY.pseudonym("x", "applicant") != Key(SECRET[::-1]).pseudonym("x", "applicant")


@pytest.mark.parametrize(
    "written",
    ["11010519800101123x", " 11010519800101123X ", "１１０１０５19800101123Ｘ", "110105 19800101 123X"],
)
def test_one_identity_number_has_one_spelling(written: str) -> None:
    """Full-width digits, blanks and a small x are the same person."""
    assert one_spelling(written) == "11010519800101123X"


@pytest.mark.parametrize(("first", "second"), [("a1", "A1"), ("7", "07"), ("a b", "ab")])
def test_other_identifiers_keep_their_spelling(first: str, second: str) -> None:
    """Serial numbers that differ in case, zeros or blanks within are different people."""
    assert KEY.pseudonym(first, "applicant") != KEY.pseudonym(second, "applicant")


def test_a_blank_identity_has_no_pseudonym() -> None:
    """Nobody stands behind an empty cell, so those who have none do not become one person."""
    column = pl.Series("applicant_id", ["a", " ", None, "", "a"])
    made = Pseudonyms.of([column], KEY, "applicant").put_for(column).to_list()
    assert made == [KEY.pseudonym("a", "applicant"), None, None, None, made[0]]


def test_whole_numbers_are_identified_as_their_digits() -> None:
    """An identity read as a number from Parquet is the person that it is as text in CSV."""
    numbers, texts = pl.Series([110105198001011239]), pl.Series(["110105198001011239"])
    pseudonyms = Pseudonyms.of([numbers, texts], KEY, "applicant")
    assert pseudonyms.put_for(numbers).to_list() == pseudonyms.put_for(texts).to_list()


def test_a_key_of_31_bytes_is_refused_and_it_is_said_how_to_make_one(tmp_path: Path) -> None:
    """Thirty-two bytes will do, one fewer will not, and the message has the way out but not the key."""
    path = tmp_path / "key"
    path.write_bytes(b"only thirty-one bytes are here.")
    with pytest.raises(UnusableKey, match=r"at least 32 bytes.*secrets\.token_bytes") as refused:
        Key.load(path)
    assert "thirty-one" not in str(refused.value)
    path.write_bytes(b"k" * 32)
    assert Key.load(path).secret == b"k" * 32


def test_every_byte_of_the_file_is_key(tmp_path: Path) -> None:
    """A key may end with any byte: nothing is stripped from it."""
    path = tmp_path / "key"
    path.write_bytes(SECRET[:-1] + b"\n")
    assert Key.load(path).secret == SECRET[:-1] + b"\n"


def test_a_missing_key_is_refused(tmp_path: Path) -> None:
    """A file that is not there is named, with the way to make it; a folder is no key."""
    with pytest.raises(UnusableKey, match=r"there is no key file .*nothing; make one with"):
        Key.load(tmp_path / "nothing")
    with pytest.raises(UnusableKey, match="cannot read the key file"):
        Key.load(tmp_path)


def test_a_key_does_not_tell_itself() -> None:
    """The text of a key object, as a traceback or a log may hold it, is without the secret."""
    key = Key(b"a secret that nobody may ever read")
    assert "secret that" not in f"{key!r} {key} {[key]}"


def test_a_short_key_is_refused_however_it_comes() -> None:
    """A key made in Python is held to the same length."""
    with pytest.raises(UnusableKey, match="at least 32 bytes"):
        Key(b"short")
