"""Experiments over several years."""
