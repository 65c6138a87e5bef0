"""Generate applicants who do not exist."""

from synthetic_data.population.plain import facts

__all__ = ["facts"]
