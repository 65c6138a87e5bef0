"""Pictures of the README, drawn anew by ``python -m reports.pictures``."""
