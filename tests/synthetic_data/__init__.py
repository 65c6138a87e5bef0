"""People who do not exist: same seed, same people; every one keeps the contract."""
