"""Broken exports: files as departments have sent them, each with the sentences it must be met with.

``facts`` and ``points`` hold whole files; ``histories`` holds single tables, each put in the place of the
sound one of its name. What is large or binary is made when a test runs. ``exports.toml`` holds the sentences.
"""
