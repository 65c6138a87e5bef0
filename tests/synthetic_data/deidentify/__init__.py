"""Exports that name people, and what must be left of them: nothing that does."""
