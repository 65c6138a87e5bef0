"""A rulebook used for a round it did not govern scores, and says so."""

import pytest

from scoring.notices import not_in_force
from scoring.rulebook import Rulebook


@pytest.mark.parametrize(
    ("name", "round_year", "title", "zh", "en"),
    [
        (
            "beijing-2018-trial",
            2020,
            "北京市积分落户操作管理细则（试行）",
            "施行于2018至2019年度",
            "was in force for the rounds of 2018 to 2019",
        ),
        (
            "beijing-2020-draft",
            2020,
            "北京市积分落户操作管理细则（征求意见稿）",
            "从未施行",
            "was never in force",
        ),
        (
            "beijing-2020",
            2019,
            "北京市积分落户操作管理细则",
            "自2020年度起施行",
            "has been in force since the round of 2020",
        ),
    ],
)
def test_a_round_outside_is_counterfactual(name: str, round_year: int, title: str, zh: str, en: str) -> None:
    """The notice names the rulebook, when it was in force, and the round, in both languages."""
    (notice,) = not_in_force(Rulebook.load(name), round_year)
    assert notice.text("zh") == f"《{title}》（{name}）{zh}，用于{round_year}年度的结果属于假设情形。"
    assert notice.text("en") == (
        f"The rulebook {name} {en}; its results for the round of {round_year} are counterfactual."
    )


@pytest.mark.parametrize(
    ("name", "round_year"),
    [
        *(("beijing-2018-trial", year) for year in (2018, 2019)),
        ("beijing-2020", 2020),
        ("beijing-2020", 2045),
    ],
)
def test_a_round_inside_needs_no_notice(name: str, round_year: int) -> None:
    """Nothing is said of a rulebook in the rounds it governed."""
    assert not_in_force(Rulebook.load(name), round_year) == ()
