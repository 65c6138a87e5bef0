"""The secret key, and the pseudonyms made with it: HMAC-SHA-256, one domain for people, one for employers.

A pseudonym tells nothing without the key: identity numbers are few enough to be tried one after the other, so
a hash without a key would hide nobody. The same key gives the same person the same pseudonym in every table
and every export; another key gives another one.
"""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from scoring.cohort.identity import ID_NUMBER
from synthetic_data.deidentify.errors import UnusableKey

Domain = Literal["applicant", "employer"]

LEAST_BYTES = 32
"""The length of SHA-256's own output: below it, HMAC is weaker than the hash (RFC 2104, section 3)."""

HEX_DIGITS = 24
"""96 bits: among 10 million people the chance that any two share a pseudonym is below 1 in 10^14."""

# The letter in front also keeps a pseudonym from looking like an identity or a telephone number.
LETTERS: dict[Domain, str] = {"applicant": "A", "employer": "E"}
HOW_TO_MAKE = (
    "make one with: python -c \"import secrets; open('jifen.key', 'xb').write(secrets.token_bytes(32))\""
)


@dataclass(frozen=True)
class Key:
    """Hold the secret; it is in no text that this object gives of itself."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a key that is too short to keep a secret."""
        if len(self.secret) < LEAST_BYTES:
            raise UnusableKey(f"the key is too short: at least {LEAST_BYTES} bytes are needed; {HOW_TO_MAKE}")

    @classmethod
    def load(cls, path: str | Path) -> Key:
        """Read a key from a file, every byte of it.

        Raises:
            UnusableKey: there is no such file, it cannot be read, or it holds fewer than 32 bytes.

        """
        try:
            secret = Path(path).read_bytes()
        except FileNotFoundError as failure:
            raise UnusableKey(f"there is no key file {path}; {HOW_TO_MAKE}") from failure
        except OSError as failure:
            raise UnusableKey(f"cannot read the key file {path}: {failure.strerror}") from failure
        if len(secret) < LEAST_BYTES:
            raise UnusableKey(
                f"the key file {path} is too short: at least {LEAST_BYTES} bytes are needed; {HOW_TO_MAKE}"
            )
        return cls(secret)

    def pseudonym(self, identity: str, domain: Domain) -> str | None:
        """Return the pseudonym of one person or employer, or None for an identity that is blank.

        >>> Key(b"no secret, only an example of a key").pseudonym("110101198001011234", "applicant")
        'A433c6dd0d693b33127ba3d9f'
        """
        plain = one_spelling(identity)
        if not plain:
            return None
        digest = hmac.digest(self.secret, f"jifen {domain}\0{plain}".encode(), "sha256")
        return LETTERS[domain] + digest.hex()[:HEX_DIGITS]


@dataclass(frozen=True)
class Pseudonyms:
    """Map what the tables hold to pseudonyms, for one domain."""

    identities: pl.Series = field(repr=False)
    pseudonyms: pl.Series = field(repr=False)

    @classmethod
    def of(cls, columns: Iterable[pl.Series], key: Key, domain: Domain) -> Pseudonyms:
        """Make the pseudonyms of all that stands in some columns, each once."""
        found = [column.cast(pl.String).unique().drop_nulls() for column in columns]
        known = pl.concat([pl.Series("", [], dtype=pl.String), *found]).unique()
        made = [key.pseudonym(identity, domain) for identity in known]
        return cls(known, pl.Series("", made, dtype=pl.String))

    def put_for(self, identities: pl.Series) -> pl.Series:
        """Return a column with pseudonyms in place of identities; what is empty or blank becomes null."""
        return identities.cast(pl.String).replace_strict(self.identities, self.pseudonyms)


def one_spelling(identity: str) -> str:
    """Write an identity as all tables would: no full-width digits, no blanks around it, X in upper case.

    >>> one_spelling("１１０１０１ 19800101 123x")
    '11010119800101123X'
    """
    plain = identity.strip()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain).strip()
    closed_up = "".join(plain.split())
    return closed_up.upper() if re.fullmatch(ID_NUMBER, closed_up) else plain
