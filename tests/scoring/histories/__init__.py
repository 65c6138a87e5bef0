"""Tests of facts counted from dated records."""
