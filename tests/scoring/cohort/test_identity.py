"""Identity is known however it is written, and wherever it stands."""

import polars as pl
import pytest

from scoring.cohort import Cohort, CohortError
from scoring.cohort.identity import identity_in, looks_like_identity, named_for_identity
from scoring.rulebook import Rulebook
from tests.scoring.applicants import facts_frame, plain

RULES = Rulebook.load("beijing-2020")


@pytest.mark.parametrize(
    "value", ["110105 19491231 002X", "110105-19491231-002X", "１１０１０５１９４９１２３１００２Ｘ"]
)
def test_an_identity_number_is_known_however_it_is_written(value: str) -> None:
    """Spaces, hyphens and full-width digits hide no identity number, in a cell or in a heading."""
    assert looks_like_identity(value)
    assert named_for_identity(value) == "id_number"
    hit = identity_in(pl.Series([value, "甲", "乙"]), share=0.5)
    assert hit is not None
    assert (hit[0], hit[1].to_list()) == ("id_number", [True, False, False])


def test_a_name_with_a_number_is_a_name() -> None:
    """Numbering people of one name does not make pseudonyms of them."""
    hit = identity_in(pl.Series(["王小明0", "李建国12"]), share=0.5)
    assert hit is not None
    assert hit[0] == "person_name"


def test_one_name_among_pseudonyms_is_refused() -> None:
    """A pseudonym that is a name is refused even where all others are none, and it is not shown."""
    ids = [f"P{number}" for number in range(20)] + ["王小明"]
    frame = facts_frame([plain(2020) | {"applicant_id": one} for one in ids], RULES)
    with pytest.raises(CohortError) as refused:
        Cohort.from_frame(frame, rules=RULES, round_year=2020)
    first = refused.value.violations[0]
    assert (first.rule, first.column, first.row, first.value) == ("identity", "applicant_id", 21, "王**")
    assert "王小明" not in str(refused.value)
