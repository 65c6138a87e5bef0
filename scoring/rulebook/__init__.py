"""The law as data: load a rulebook, read a value with its citation, change one, tell two apart."""

from scoring.rulebook.annexes import Award, Honour
from scoring.rulebook.citation import Citation, Head, Source, Value
from scoring.rulebook.rulebook import Language, Rulebook
from scoring.rulebook.schema import INDICATORS, PARAMETERS, Parameter
from scoring.rulebook.values import Step

__all__ = [
    "INDICATORS",
    "PARAMETERS",
    "Award",
    "Citation",
    "Head",
    "Honour",
    "Language",
    "Parameter",
    "Rulebook",
    "Source",
    "Step",
    "Value",
]
