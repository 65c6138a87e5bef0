"""An experiment: one TOML file that says what varies, what does not, and what is asked."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from scoring import Cohort, JifenError, Rulebook, read
from scoring.cohort.contract import FIRST_YEAR, LAST_YEAR
from scoring.nearest import did_you_mean
from scoring.reform.named import rules_of
from scoring.toml import to_toml
from simulate.experiment.designs import DESIGNS, MOST_DRAWS, Design, grid_size
from simulate.experiment.errors import ExperimentError
from simulate.experiment.levers import Lever, NumberLever, read_levers
from simulate.experiment.paths import MOST_PLACES
from simulate.experiment.simplex import Simplex, read_simplex
from simulate.experiment.table import Table
from simulate.experiment.uncertainties import Members, Uncertain, read_uncertainties, refuse_lives
from simulate.experiment.years.horizon import Horizon, read_horizon, read_rounds
from simulate.experiment.years.people import GROUPS

KEYS = (
    *("rules", "round", "years", "cohort", "population", "draws", "seed", "design", "baseline"),
    *("levers", "choices", "simplex", "uncertainties", "outcomes"),
)
TRAITS = ("sex", "age_band", "education_level")
_HIGHEST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Experiment:
    """Hold a checked experiment: levers (what policy sets), uncertainties (what it does not), outcomes.

    ``draws`` is the number of draws asked for, ``quota`` the baseline's places, ``groups`` the columns by
    which the admitted are counted (None: all there are), ``text`` the file as it was written. Over several
    years there is a ``horizon``, and no cohort, so that ``source`` is None.
    """

    rules: Rulebook
    round_year: int
    source: Path | None
    draws: int
    seed: int
    design: Design
    quota: int
    levers: tuple[Lever, ...]
    simplex: Simplex | None
    uncertainties: tuple[Uncertain, ...]
    groups: tuple[str, ...] | None
    text: str = field(repr=False)
    given: Cohort | None = field(default=None, repr=False)
    horizon: Horizon | None = None

    @classmethod
    def load(cls, path: str | Path) -> Experiment:
        """Load an experiment from a TOML file; paths in it are relative to its folder.

        ``rules`` is a rulebook's name, the file of one or of a reform, or a list: a rulebook and reforms.

        Raises:
            ExperimentError: the file cannot be read, or says what cannot be; the message says where.
            JifenError: there is no such rulebook, or it breaks the schema.

        """
        place = Path(path)
        try:
            text = place.read_text("utf-8")
        except OSError as error:
            raise ExperimentError(f"{place}: cannot be read ({error.strerror})") from None
        except UnicodeDecodeError:
            raise ExperimentError(f"{place}: is no text in UTF-8") from None
        try:
            return cls.from_toml(text, folder=place.parent)
        except JifenError as error:
            raise type(error)(f"{place.name}: {error}") from None

    @classmethod
    def of(
        cls, spec: Mapping[str, object], *, folder: str | Path = ".", cohort: Cohort | None = None
    ) -> Experiment:
        """Make an experiment of the same tables as a file has, and of a cohort at hand instead of a file.

        Raises:
            ExperimentError: the specification says what cannot be.

        """
        if cohort is not None:
            spec = {**spec, "round": cohort.round_year, "cohort": Path(cohort.source).name}
        return cls.from_toml(to_toml(spec), folder=folder, cohort=cohort)

    @classmethod
    def from_toml(cls, text: str, *, folder: str | Path = ".", cohort: Cohort | None = None) -> Experiment:
        """Read an experiment from TOML; see `load`."""
        try:
            raw = tomllib.loads(text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as error:
            raise ExperimentError(f"not valid TOML: {error}") from None
        return _experiment(Table.of("", raw, KEYS), text, Path(folder), cohort)

    def read_cohort(self) -> Cohort:
        """Read the cohort, and check that it can bear the levers.

        Raises:
            CohortError: the cohort breaks its contract.
            ExperimentError: a lever that a cohort of points cannot bear, or a group that it has not.

        """
        if self.source is None:
            raise ExperimentError(
                "years: an experiment over several years draws its people and reads no cohort"
            )
        cohort = self.given or read(self.source, rules=self.rules, round_year=self.round_year)
        rule_levers = [lever.name for lever in self.levers if lever.path.parameter is not None]
        if cohort.level == "points" and rule_levers:
            raise ExperimentError(
                f"{rule_levers[0]} cannot vary on a cohort of points: only the quota and weights can"
            )
        known = _groups_of(cohort)
        for group in self.groups or ():
            if group not in known:
                raise ExperimentError(
                    f"outcomes: the cohort has no group {group!r}{did_you_mean(group, known)} "
                    f"(there are {', '.join(known) or 'none'})"
                )
        return cohort

    def groups_of(self, cohort: Cohort) -> tuple[str, ...]:
        """Return the groups that are counted: those asked for, else all that the cohort has."""
        return _groups_of(cohort) if self.groups is None else self.groups

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the specification: comments and spaces aside; 64 hexadecimal digits."""
        spec = tomllib.loads(self.text, parse_float=Decimal)
        return hashlib.sha256(json.dumps(spec, default=str, ensure_ascii=False).encode()).hexdigest()


def _groups_of(cohort: Cohort) -> tuple[str, ...]:
    known_births = "birth_year" in cohort.frame.columns
    traits = TRAITS if cohort.level == "facts" else ("age_band",) if known_births else ()
    return (*traits, *(group for group in cohort.groups if group not in traits))


def _experiment(table: Table, text: str, folder: Path, cohort: Cohort | None) -> Experiment:
    rules = _rules(table, folder)
    rounds = read_rounds(table)
    levers = read_levers(table.values.get("levers", {}), table.values.get("choices", {}), rules, rounds)
    simplex = read_simplex(table.raw("simplex"), rules, levers) if "simplex" in table else None
    uncertainties = read_uncertainties(table.values.get("uncertainties", {}), several=bool(rounds))
    horizon = read_horizon(table, rounds, rules) if rounds else None
    uncertain: tuple[Uncertain, ...] = uncertainties
    if horizon and horizon.is_calibrated:
        refuse_lives(uncertainties)
        uncertain = (*uncertainties, *_members(table, horizon))
    dimensions = len(levers) + (simplex.dimensions if simplex else 0) + len(uncertain)
    if not dimensions:
        raise ExperimentError("nothing varies: give at least one lever or uncertainty")
    design = _design(table, levers, dimensions)
    if "population" in table and not rounds:
        raise table.error("population", "does not go with a cohort: say years, or leave it out")
    return Experiment(
        rules=rules,
        round_year=table.whole("round", FIRST_YEAR + 1, LAST_YEAR),
        source=None if horizon else folder / table.text("cohort"),
        draws=design.size,
        seed=design.seed,
        design=design,
        quota=horizon.places[0] if horizon else _baseline(table),
        levers=levers,
        simplex=simplex,
        uncertainties=uncertain,
        groups=_groups(table, GROUPS if horizon else None),
        text=text,
        given=cohort,
        horizon=horizon,
    )


def _members(table: Table, horizon: Horizon) -> tuple[Members, ...]:
    """Return the members over which draws are spread; none where there is one population."""
    if horizon.members == 1:
        return ()
    if "design" in table and table.text("design") == "grid":
        raise ExperimentError(
            "a grid has no room for the members of the ensemble: name one, like [population] member = 1"
        )
    return (Members(horizon.members),)


def _rules(table: Table, folder: Path) -> Rulebook:
    several = isinstance(table.raw("rules"), list)
    return rules_of(table.names("rules") if several else table.text("rules"), folder=folder)


def _baseline(table: Table) -> int:
    return Table.of("baseline", table.raw("baseline"), ("quota",)).whole("quota", 0, MOST_PLACES)


def _groups(table: Table, known: Sequence[str] | None) -> tuple[str, ...] | None:
    if "outcomes" not in table:
        return None
    outcomes = Table.of("outcomes", table.raw("outcomes"), ("groups",))
    names = outcomes.names("groups") if "groups" in outcomes else None
    for name in names or ():
        if known is not None and name not in known:
            raise ExperimentError(
                f"outcomes: people have no group {name!r} over the years{did_you_mean(name, known)} "
                f"(there are {', '.join(known)})"
            )
    return names


def _design(table: Table, levers: tuple[Lever, ...], dimensions: int) -> Design:
    name = table.text("design") if "design" in table else "sobol"
    if name not in DESIGNS:
        raise table.error("design", f"is none of {', '.join(DESIGNS)}{did_you_mean(name, DESIGNS)}")
    seed = table.whole("seed", 0, _HIGHEST_SEED)
    if name != "grid":
        return Design(name, dimensions, seed, table.whole("draws", 1, MOST_DRAWS))
    if len(levers) < dimensions:
        raise ExperimentError(
            "a grid has levers only, no simplex and no uncertainty; take sobol, lhs or random"
        )
    for lever in levers:
        if isinstance(lever, NumberLever) and lever.path.per_unit > 1 and not lever.has_step:
            raise ExperimentError(f"levers: {lever.name}: a grid needs a step")
    levels = tuple(len(lever.ticks) for lever in levers)
    size = grid_size(levels)
    if size > MOST_DRAWS:
        raise ExperimentError(f"the grid has {size} combinations, more than {MOST_DRAWS}; take larger steps")
    if "draws" in table and table.whole("draws", 1, MOST_DRAWS) != size:
        raise table.error("draws", f"is not the {size} combinations of the grid; leave it out")
    return Design(name, dimensions, seed, size, levels)
