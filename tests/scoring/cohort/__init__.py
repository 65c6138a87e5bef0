"""Tests of the cohort's door."""
