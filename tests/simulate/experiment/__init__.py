"""Experiments: files that say what varies, and folders that say what came of it."""
