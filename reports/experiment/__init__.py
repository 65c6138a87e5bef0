"""What a saved experiment says, as a section of a report: it is read and never run."""

from reports.experiment.opened import opened
from reports.experiment.sections import section

__all__ = ["opened", "section"]
