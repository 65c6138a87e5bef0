"""Behaviour of rulebooks: loaded, refused, read, changed."""
