"""Which code this is: the version of jifen, and a digest of what a result hangs on."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("scoring", "synthetic_data", "simulate")
SUFFIXES = (".py", ".toml", ".csv")


@cache
def code_digest() -> str:
    """Return the SHA-256 of the code and the rules that results come from; 64 hexadecimal digits."""
    files = sorted(
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.suffix in SUFFIXES
    )
    state = hashlib.sha256()
    for name in files:
        # A checkout on another system may end its lines in another way.
        content = (ROOT / name).read_bytes().replace(b"\r\n", b"\n")
        state.update(f"{name}\n{len(content)}\n".encode() + content)
    return state.hexdigest()


def code_version() -> str:
    """Return the version of jifen and the first digits of its code's digest, like ``0.1.0+3f2a90c1d4e5``."""
    return f"{version('jifen')}+{code_digest()[:12]}"
