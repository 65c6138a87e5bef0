"""Every broken export is met with the sentences it must be met with, and nothing else."""

from pathlib import Path

import pytest

from scoring.cohort import CohortError, read
from scoring.cohort.words import sentences
from scoring.rulebook import Rulebook
from tests.scoring.cohort.broken.exports import EXPORTS, SENTENCES, put, round_of, sentences_of

RULES = Rulebook.load("beijing-2020")


def test_every_export_has_its_sentences() -> None:
    """No export is left out, and no sentence is left over."""
    assert sorted(SENTENCES) == EXPORTS


@pytest.mark.parametrize("export", EXPORTS)
def test_a_broken_export_is_refused_with_its_sentences(
    export: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """In Chinese and in English, word for word; nothing is printed besides."""
    cohort = put(export, tmp_path)
    with pytest.raises(CohortError) as caught:
        read(cohort, rules=RULES, round_year=round_of(export))
    errors = [one for one in caught.value.violations if one.severity == "error"]
    assert sentences(errors, "zh") == sentences_of(export, cohort, "zh")
    assert sentences(errors, "en") == sentences_of(export, cohort, "en")
    assert capfd.readouterr() == ("", "")
