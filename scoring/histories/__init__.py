"""Dated records to facts: months, records and their boundaries, exactly by the readings of the regulation.

The regulation does not speak of numbers of months but of records with dates, back-payments, overlaps and
districts. `facts` counts them for a whole cohort under any rulebook and round; `spells` shows what counted.
"""

from scoring.histories.counting import facts
from scoring.histories.evidence import spells
from scoring.histories.records import HistoriesError

__all__ = ["HistoriesError", "facts", "spells"]
