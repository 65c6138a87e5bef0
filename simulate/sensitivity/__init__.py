"""Sensitivity: which indicator decides who gets in, and how far each lever may move before anybody swaps."""

from simulate.sensitivity.atlas_rates import rate_atlas
from simulate.sensitivity.atlas_weights import weight_atlas
from simulate.sensitivity.effects import Effects, leave_one_out, one_point_more, tornado
from simulate.sensitivity.elasticity import elasticities
from simulate.sensitivity.errors import SensitivityError
from simulate.sensitivity.indices import sobol_indices
from simulate.sensitivity.overview import Overview, Settings, overview
from simulate.sensitivity.rate_effects import one_point_more_by_rate
from simulate.sensitivity.shapley import variance_shares
from simulate.sensitivity.study import Study, study

__all__ = [
    "Effects",
    "Overview",
    "SensitivityError",
    "Settings",
    "Study",
    "elasticities",
    "leave_one_out",
    "one_point_more",
    "one_point_more_by_rate",
    "overview",
    "rate_atlas",
    "sobol_indices",
    "study",
    "tornado",
    "variance_shares",
    "weight_atlas",
]
