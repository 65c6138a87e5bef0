"""Executors: this process, this machine's cores, a Dask cluster, one answer."""
