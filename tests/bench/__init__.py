"""Time scoring with ranks beside other ways to do the same: `make bench`."""
