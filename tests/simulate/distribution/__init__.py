"""Who applies and who is admitted, counted."""
