"""Behaviour of the law's tables as they stand in their files."""
