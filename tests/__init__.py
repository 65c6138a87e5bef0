"""Behaviour the project holds, one folder a package."""
