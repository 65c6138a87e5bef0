"""Who enters and who leaves under a reform."""
