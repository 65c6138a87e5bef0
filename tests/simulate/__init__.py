"""Questions asked of scored cohorts."""
