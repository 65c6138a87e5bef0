"""How easily could somebody be found again: k-anonymity, l-diversity, and what to coarsen next.

k-anonymity (Sweeney 2002, Int. J. Uncertainty, Fuzziness and Knowledge-Based Systems 10(5)): people alike in
all quasi-identifiers form a class, and k is the size of the smallest one. l-diversity (Machanavajjhala et al.
2007, ACM TKDD 1(1)), counted as distinct values: l is the fewest that a sensitive item takes in a class.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from synthetic_data.deidentify.coarser import How, one_step


@dataclass(frozen=True)
class Anonymity:
    """Count people and classes: k is the smallest class, ``unique`` are alone, ``few`` in small classes."""

    people: int
    classes: int
    k: int
    unique: int
    few: int

    @classmethod
    def of(cls, sizes: NDArray[np.int64], threshold: int) -> Anonymity:
        """Count from the sizes of the classes."""
        few = int(sizes[sizes < threshold].sum())
        return cls(int(sizes.sum()), sizes.size, int(sizes.min()), int((sizes == 1).sum()), few)


@dataclass(frozen=True)
class Diversity:
    """Say how varied a sensitive item is within the classes.

    ``values`` it takes in all, ``least`` within a class (l), ``alike`` people whose class has one value only,
    ``exposed`` people in classes where everyone has something against them.
    """

    item: str
    values: int
    least: int
    alike: int
    exposed: int


@dataclass(frozen=True)
class Option:
    """Say what it would help to make one quasi-identifier coarser, or to leave it out.

    ``coarser`` is None where the only step is to leave it out; ``scores`` that the rules read the column.
    """

    column: str
    values: int
    how: How | None
    coarser: Anonymity | None
    left_out: Anonymity
    scores: bool

    @property
    def best(self) -> Anonymity:
        """What the next step would give."""
        return self.coarser or self.left_out


@dataclass(frozen=True)
class Risk:
    """Hold the risk that remains, over some quasi-identifiers.

    ``options`` are ranked, the most helpful first; ``whole`` is for an attacker who knows every column.
    """

    quasi: tuple[str, ...]
    threshold: int
    anonymity: Anonymity
    diversity: tuple[Diversity, ...]
    options: tuple[Option, ...]
    whole: Anonymity


def assess(
    people: pl.DataFrame,
    quasi: Sequence[str],
    *,
    against: Mapping[str, pl.Series],
    scored: Iterable[str],
    records: pl.DataFrame | None = None,
    threshold: int,
) -> Risk:
    """Measure the risk in a table with one row a person.

    Args:
        people: the table, without pseudonyms.
        quasi: columns that an attacker may know.
        against: by sensitive column, who has something against them.
        scored: columns that the rules read.
        records: more columns that only an attacker who knows everything has, one row a person.
        threshold: classes with fewer people count as few.

    """
    read = set(scored)
    everything = people if records is None else people.hstack(records)
    apart = _classes(people, quasi)
    options = [_option(people, quasi, name, threshold=threshold, scores=name in read) for name in quasi]
    return Risk(
        tuple(quasi),
        threshold,
        _anonymity(apart, threshold),
        tuple(_diversity(apart, people.get_column(item), adverse) for item, adverse in against.items()),
        tuple(sorted(options, key=lambda option: (option.best.few, option.best.unique, option.column))),
        _anonymity(_classes(everything, everything.columns), threshold),
    )


def _classes(people: pl.DataFrame, names: Sequence[str]) -> pl.Series:
    """Give each person the name of a class; 64-bit hashes keep millions of classes apart."""
    if not names:
        return pl.Series(np.zeros(people.height, dtype=np.uint64))
    return people.select(names).hash_rows()


def _anonymity(classes: pl.Series, threshold: int) -> Anonymity:
    sizes = classes.alias("class").value_counts(name="people").get_column("people").to_numpy()
    return Anonymity.of(sizes.astype(np.int64), threshold)


def _diversity(classes: pl.Series, values: pl.Series, adverse: pl.Series) -> Diversity:
    told = pl.DataFrame({"class": classes, "value": values, "adverse": adverse})
    by_class = told.group_by("class").agg(
        pl.len().alias("people"),
        pl.col("value").n_unique().alias("values"),
        pl.col("adverse").all().alias("all"),
    )
    people = pl.col("people")
    least, alike, exposed = by_class.select(
        pl.col("values").min(),
        alike=people.filter(pl.col("values") == 1).sum(),
        exposed=people.filter(pl.col("all")).sum(),
    ).row(0)
    return Diversity(values.name, values.n_unique(), int(least or 0), int(alike), int(exposed))


def _option(people: pl.DataFrame, quasi: Sequence[str], name: str, *, threshold: int, scores: bool) -> Option:
    values = people.get_column(name)
    step, coarser = one_step(values), None
    if step is not None:
        coarser = _anonymity(_classes(people.with_columns(step.values.alias(name)), quasi), threshold)
    left_out = _anonymity(_classes(people, [one for one in quasi if one != name]), threshold)
    return Option(name, values.n_unique(), step.how if step else None, coarser, left_out, scores)
