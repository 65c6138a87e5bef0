"""The uncertainty budget: components of known models, and what must be exactly zero."""
