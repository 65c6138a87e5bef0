"""The sensitivity of a round: sections of a page from the analyses of `simulate.sensitivity`."""

from reports.sensitivity.open import opening, with_settings
from reports.sensitivity.sections import atlas, decides, groups, indices, method, moved, variance

__all__ = ["atlas", "decides", "groups", "indices", "method", "moved", "opening", "variance", "with_settings"]
