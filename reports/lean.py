"""Import altair, papermill and nbconvert late, and without the seconds that none of them needs here.

jsonschema compiles a grammar of internationalised addresses when it is first imported, two seconds long, to
check a format that no notebook and no chart contains; without that grammar it leaves the check out.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

GRAMMAR = "rfc3987_syntax"


@contextmanager
def without_grammar() -> Iterator[None]:
    """Import within this block without compiling the grammar, if nothing has compiled it already."""
    absent = GRAMMAR not in sys.modules
    if absent:
        sys.modules[GRAMMAR] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if absent:
            del sys.modules[GRAMMAR]
