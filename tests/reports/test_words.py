"""Both languages say the same things, each in its own way."""

import re
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest

from reports.words import LANGUAGES, Words
from scoring import UnknownName
from scoring.indicators import COLUMNS
from simulate.distribution import LEVELS


def entries(tree: dict[str, Any], path: str = "") -> dict[str, str]:
    """Flatten the entries of a language; what only translates names that are Chinese already is left out."""
    flat: dict[str, str] = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            flat |= entries(value, f"{path}{name}.")
        else:
            flat[path + name] = value
    return {key: text for key, text in flat.items() if not key.startswith("level.district.")}


ZH, EN = (entries(Words.load(lang).entries) for lang in LANGUAGES)


def test_both_languages_have_the_same_entries() -> None:
    """No sentence exists in one language alone."""
    assert ZH.keys() == EN.keys()


@pytest.mark.parametrize("key", ZH)
def test_both_languages_are_told_the_same(key: str) -> None:
    """A sentence is given the same names to fill in, whatever the language."""
    names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (ZH[key], EN[key])]
    assert names[0] == names[1]


@pytest.mark.parametrize("key", [key for key in EN if "district" not in key])
def test_english_is_free_of_chinese(key: str) -> None:
    """No Chinese sentence is left among the English ones."""
    assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", EN[key])


@pytest.mark.parametrize("key", ZH)
def test_chinese_is_punctuated_as_chinese(key: str) -> None:
    """A Chinese character is never followed by a comma, a colon or a bracket of another script."""
    assert not re.search(r"[\u4e00-\u9fff][,;:!?()]", ZH[key])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_level_and_indicator_has_a_name(lang: str) -> None:
    """Every indicator and every level that the contract knows is translated."""
    words = Words.load(lang)
    assert all(words.name("indicator", column) != column for column in COLUMNS)
    assert all(words.level(by, level) != level for by, levels in LEVELS.items() for level in levels)


def test_an_own_level_stays_the_text_it_is() -> None:
    """A level that the contract does not know is not touched."""
    assert Words.load("en").level("team", "{round} <b>") == "{round} <b>"
    assert Words.load("zh").level("sector", None) == "未说明"


def test_an_unknown_language_is_refused() -> None:
    """A language without a file is refused with those that have one."""
    with pytest.raises(UnknownName, match="zh, en"):
        Words.load("fr")


def test_an_unknown_entry_is_refused_with_the_nearest() -> None:
    """A misspelt entry is a mistake of the program, and says which entry was meant."""
    with pytest.raises(UnknownName, match="did you mean heading"):
        Words.load("zh").say("glance.headin")


@pytest.mark.parametrize(
    ("value", "written"),
    [("97.13", "97.13"), ("97.125", "97.13"), ("-0.875", "−0.88"), ("20", "20.00"), ("1234.5", "1,234.50")],
)
def test_points_are_written_with_two_decimals(value: str, written: str) -> None:
    """Half goes away from zero, and a negative number has a minus, not a hyphen."""
    assert Words.load("zh").points(Decimal(value)) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.0491, "4.9%"),
        (0.04949, "4.9%"),
        (0.0495, "5.0%"),
        (1.0, "100.0%"),
        (0.0, "0.0%"),
        (0.0004, "0.04%"),
    ],
)
def test_shares_are_written_in_percent(value: float, written: str) -> None:
    """A share has one decimal, and two where one would read as nothing."""
    assert Words.load("en").share(value) == written


@pytest.mark.parametrize(
    ("value", "bound", "written"),
    [
        (0.5, "exact", "50.0%"),
        (10 / 6032, "below", "<0.2%"),
        (1 - 10 / 6032, "above", ">99.8%"),
        (None, None, "*"),
    ],
)
def test_bounds_are_rounded_outward(value: float | None, bound: str | None, written: str) -> None:
    """A bound stays true when it is rounded: upward where fewer have points, downward where more do."""
    assert Words.load("zh").bounded(value, bound) == written
