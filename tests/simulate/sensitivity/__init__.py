"""Sensitivity: each number by hand for ten people, and by brute force for others."""
