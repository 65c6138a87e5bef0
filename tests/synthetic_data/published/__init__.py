"""Public totals: they agree among themselves, and none is about a person."""
