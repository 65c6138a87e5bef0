"""Tests of reforms: changed values as a value of their own."""
