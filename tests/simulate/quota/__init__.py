"""Quotas, against pools scored at every quota and small ones counted by hand."""
