"""Make a real export safe: pseudonyms by keyed hash, no identity, and a report of the risk that remains."""

from synthetic_data.deidentify.errors import UnsafeExport, UnusableKey
from synthetic_data.deidentify.key import Key
from synthetic_data.deidentify.markdown import markdown
from synthetic_data.deidentify.report import Report
from synthetic_data.deidentify.safe_copy import Settings, deidentify

__all__ = ["Key", "Report", "Settings", "UnsafeExport", "UnusableKey", "deidentify", "markdown"]
