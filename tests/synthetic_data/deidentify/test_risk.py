"""The risk that remains: k, unique people, l, what to coarsen next, worked out by hand and by counting."""

import random
from collections import Counter, defaultdict
from datetime import date

import polars as pl
import pytest

from synthetic_data.deidentify.coarser import one_step
from synthetic_data.deidentify.risk import Anonymity, Diversity, Risk, assess

# Seven people: three alike, two alike, two alone.
SEVEN = pl.DataFrame(
    {
        "sex": ["f", "f", "f", "m", "m", "m", "f"],
        "district": ["海淀区", "海淀区", "海淀区", "西城区", "西城区", "延庆区", "延庆区"],
        "detentions": [0, 0, 1, 2, 1, 0, 0],
    }
)


def seven(*quasi: str) -> Risk:
    """Assess the seven people."""
    adverse = {"detentions": SEVEN.get_column("detentions") > 0}
    return assess(SEVEN, quasi, against=adverse, scored={"sex"}, threshold=3)


def test_k_and_who_is_unique() -> None:
    """Classes of 3, 2, 1 and 1: k is 1, two are unique, four are in classes of fewer than three."""
    assert seven("sex", "district").anonymity == Anonymity(people=7, classes=4, k=1, unique=2, few=4)


def test_l_and_who_is_exposed() -> None:
    """Of three values, a class has one at least; the two unique are alike, the two men of Xicheng exposed."""
    assert seven("sex", "district").diversity == (
        Diversity("detentions", values=3, least=1, alike=2, exposed=2),
    )


def test_what_to_coarsen_next_is_ranked_by_what_it_leaves() -> None:
    """Inside or outside the six districts: classes of 3, 2, 1, 1 stay; without sex they are 3, 2 and 2."""
    first, second = seven("sex", "district").options
    assert (first.column, first.how, first.coarser, first.scores) == ("sex", None, None, True)
    assert first.left_out == Anonymity(people=7, classes=3, k=2, unique=0, few=4)
    assert (second.column, second.how, second.scores) == ("district", "six_districts", False)
    assert second.coarser == Anonymity(people=7, classes=4, k=1, unique=2, few=4)
    assert second.left_out == Anonymity(people=7, classes=2, k=3, unique=0, few=0)


def test_without_quasi_identifiers_all_are_alike() -> None:
    """Of whom nothing is known, everybody may be meant."""
    assert seven().anonymity == Anonymity(people=7, classes=1, k=7, unique=0, few=0)


def test_an_attacker_who_knows_everything() -> None:
    """With every column known, the two women of Haidian without a detention remain alike."""
    assert seven("sex").whole == Anonymity(people=7, classes=6, k=1, unique=5, few=7)


@pytest.mark.parametrize("seed", range(4))
def test_random_tables_are_counted_right(seed: int) -> None:
    """Random people with empty cells have the k, l and counts that plain counting gives."""
    rng = random.Random(seed)  # noqa: S311 -- a seeded generator is what a test needs
    rows = [
        {"a": rng.choice("xyz"), "b": rng.choice([1, 2, None]), "item": rng.choice([0, 0, 0, 1])}
        for _ in range(rng.choice((30, 300)))
    ]
    people = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.Int64, "item": pl.Int64})
    risk = assess(people, ("a", "b"), against={"item": people["item"] > 0}, scored=(), threshold=20)
    sizes = Counter((row["a"], row["b"]) for row in rows)
    values = defaultdict(set)
    for row in rows:
        values[row["a"], row["b"]].add(row["item"])
    few = sum(size for size in sizes.values() if size < 20)
    alone = sum(size == 1 for size in sizes.values())
    assert risk.anonymity == Anonymity(len(rows), len(sizes), min(sizes.values()), alone, few)
    assert risk.diversity[0].least == min(map(len, values.values()))
    assert risk.diversity[0].alike == sum(sizes[key] for key, found in values.items() if len(found) == 1)
    assert risk.diversity[0].exposed == sum(sizes[key] for key, found in values.items() if found == {1})


@pytest.mark.parametrize(
    ("values", "how", "after"),
    [
        (pl.Series("birth_date", [date(1980, 1, 1), date(1980, 12, 31)]), "year", [1980, 1980]),
        (pl.Series("birth_date", [date(1980, 1, 1), date(1984, 1, 1)]), "five_years", [396, 396]),
        (pl.Series("birth_year", [1979, 1980]), None, None),
        (pl.Series("birth_year", [1980, 1984]), "five_years", [396, 396]),
        (pl.Series("education", ["master", "master_degree"]), "level", ["master", "master"]),
        (pl.Series("minor_children", [0, 2, 5]), "two_or_more", [0, 2, 2]),
        (pl.Series("insured_months", [120, 131]), "twelves", [10, 10]),
        (pl.Series("home_district", ["东城区", "西城区"]), "six_districts", [True, True]),
        (pl.Series("sector", ["a"] * 199 + ["b", "c"]), "frequent", ["a"] * 199 + ["other"] * 2),
        (pl.Series("party", [True, False]), None, None),
        (pl.Series("sex", ["female", "male"]), None, None),
    ],
)
def test_one_step_coarser(values: pl.Series, how: str | None, after: list[object] | None) -> None:
    """Each kind of column has its next step; where that tells no fewer apart, there is none."""
    step = one_step(values)
    found = (step.how, step.values.to_list()) if step else (None, None)
    assert found == (how, after)
