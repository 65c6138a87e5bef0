"""People who do not exist: cohorts drawn at random for tests, teaching and planning."""
