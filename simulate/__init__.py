"""What if: the questions asked of a scored cohort and of many scored cohorts."""
