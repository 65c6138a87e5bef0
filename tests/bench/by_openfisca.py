"""Score and rank with OpenFisca-core: parameters from the rulebook, facts as inputs, ranks by sorting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from scoring.indicators import COLUMNS
from scoring.indicators.education import LEVELS
from scoring.rulebook import Rulebook
from tests.bench.openfisca_eligibility import CONDITIONS, Post, Sex
from tests.bench.openfisca_rules import FORMULAS, ITEMS, PERSON, YEAR, Numbers, from_tables
from tests.bench.outcome import Outcome

WITHOUT = "without"
FIRST_DAY = "2018-01-01"
TYPES: Mapping[Any, Any] = {pl.Int16: int, pl.Boolean: bool, pl.Date: dt.date}


def tax_benefit_system(
    facts: pl.DataFrame, rules: Rulebook, look_up: Callable[[Any, EnumArray], Numbers]
) -> TaxBenefitSystem:
    """Return the rules as OpenFisca holds them, with a variable for each column of facts.

    *look_up* is how the parameter of a level or an award is read.
    """
    enums = {
        "sex": Sex,
        "post": Post,
        "education": Enum("Education", LEVELS),
        "innovation_award": Enum("Award", [*rules.award_keys, WITHOUT]),
        "honour": Enum("Honour", [*rules.honour_keys, WITHOUT]),
    }
    system = TaxBenefitSystem([PERSON])
    system.parameters = ParameterNode("", data=parameters(rules))
    for name, kind in facts.schema.items():
        system.add_variable(_input(name, TYPES.get(kind.base_type(), Enum), enums.get(name)))
    system.add_variables(*FORMULAS, *from_tables(look_up), *CONDITIONS)
    return system


def _input(name: str, value_type: Any, enum: Any) -> type[Variable]:
    attributes = {"value_type": value_type, "entity": PERSON, "definition_period": YEAR}
    if enum is not None:
        attributes |= {"possible_values": enum, "default_value": next(iter(enum))}
    return type(name, (Variable,), attributes)


def parameters(rules: Rulebook) -> dict[str, Any]:
    """Return OpenFisca's tree of dated parameters: the rulebook's numbers, and the points of Annex 3."""
    tree: dict[str, Any] = {}
    for path, value in rules.items():
        if not isinstance(value, str | bool | tuple | dt.date):
            _put(tree, path, value)
    for award in rules.awards:
        _put(tree, f"innovation.points.{award.key}", rules.award_points(award) / 100)
    for path in ("innovation.points.without", "education.points.none", "education.deduction.years.none"):
        _put(tree, path, 0)
    tree["age"] = {"ladder": _scale(rules)}
    return tree


def _put(tree: dict[str, Any], path: str, number: Any) -> None:
    *folders, name = path.split(".")
    for folder in folders:
        tree = tree.setdefault(folder, {})
    tree[name] = {"values": {FIRST_DAY: {"value": float(number)}}}


def _scale(rules: Rulebook) -> dict[str, Any]:
    """Return the ladder of ages as a scale; a step begins with the year after the last of the one below."""
    steps = rules.ladder("age.ladder")
    return {
        "metadata": {"type": "single_amount"},
        "brackets": [
            {
                "threshold": {FIRST_DAY: {"value": 0 if step.over is None else step.over + 1}},
                "amount": {FIRST_DAY: {"value": float(step.points)}},
            }
            for step in steps
        ],
    }


def inputs(facts: pl.DataFrame, system: TaxBenefitSystem) -> dict[str, NDArray[Any]]:
    """Return the facts as arrays of OpenFisca's own types, so that setting them copies nothing."""
    arrays: dict[str, NDArray[Any]] = {}
    for column in facts:
        variable = system.get_variable(column.name)
        if variable.value_type is Enum:
            last = len(variable.possible_values) - 1
            codes = column.to_physical().fill_null(last).to_numpy().astype(variable.dtype)
            arrays[column.name] = EnumArray(codes, variable.possible_values)
        elif variable.value_type is dt.date:
            arrays[column.name] = column.fill_null(dt.date(9999, 12, 31)).to_numpy().astype(variable.dtype)
        else:
            arrays[column.name] = column.fill_null(0).to_numpy().astype(variable.dtype)
    return arrays


def simulation(system: TaxBenefitSystem, arrays: Mapping[str, NDArray[Any]], year: int) -> Simulation:
    """Return a new simulation of applicants with those facts."""
    simulation = SimulationBuilder().build_default_simulation(system, count=len(arrays["birth_date"]))
    for name, array in arrays.items():
        simulation.set_input(name, year, array)
    return simulation


def ranks(total: NDArray[np.float32], eligible: NDArray[np.bool_]) -> NDArray[np.uint32]:
    """Return competition ranks among the eligible, 0 for others, by one sort.

    OpenFisca's own ``get_rank`` ranks members within their household, and takes a step for each of them.
    """
    people = np.flatnonzero(eligible)
    descending = np.argsort(-total[people])
    ordered = total[people][descending]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    places = np.zeros(len(total), dtype=np.uint32)
    places[people[descending]] = np.repeat(first + 1, np.diff(np.append(first, len(ordered))))
    return places


def score(system: TaxBenefitSystem, arrays: Mapping[str, NDArray[Any]], *, year: int, quota: int) -> Outcome:
    """Return points, ranks, the cutoff and who is admitted."""
    run = simulation(system, arrays, year)
    points = {column: run.calculate(item, year) for column, item in zip(COLUMNS, ITEMS, strict=True)}
    total, eligible = run.calculate("total", year), run.calculate("eligible", year)
    places = ranks(total, eligible)
    admitted = (places > 0) & (places <= quota)
    return Outcome({**points, "total": total}, places, admitted)
