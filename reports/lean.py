"""Import altair and papermill late, and without the seconds that none of them needs here.

jsonschema compiles a grammar of internationalised addresses when it is first imported, two seconds long, to
check a format that no notebook and no chart contains; without that grammar it leaves the check out. altair
loads the widgets of notebooks for a chart class of its own, which nothing here uses.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

LEFT_OUT = ("rfc3987_syntax", "anywidget")


@contextmanager
def without_grammar() -> Iterator[None]:
    """Import within this block without the grammar and the widgets, if nothing has loaded them already."""
    absent = [name for name in LEFT_OUT if name not in sys.modules]
    for name in absent:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
