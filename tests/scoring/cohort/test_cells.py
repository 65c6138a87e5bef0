"""How a cell must be written: nothing is guessed, and everything else is an error with the cell in it."""

import datetime as dt
from pathlib import Path

import pytest

from tests.scoring.cohort.made import admitted, csv, fact, only, point, refused


@pytest.mark.parametrize(
    "value",
    [
        "12.0",
        "1e2",
        "+12",
        " 12",
        "12 ",
        "１２",
        "1_000",
        "十二",
        "12月",
        "0x1F",
        "NaN",
        "inf",
        "null",
        "--1",
        "-",
        "9" * 30,
    ],
)
def test_whole_numbers_are_plain_digits(value: str, tmp_path: Path) -> None:
    """No point, exponent, sign, space, unit, full-width digit or word stands in a whole number."""
    violation = only(csv(tmp_path, fact(insured_months=value)))
    assert (violation.rule, violation.column, violation.value) == ("not_whole", "insured_months", value)


def test_thousands_separators_are_no_digits(tmp_path: Path) -> None:
    """A quoted number with a comma is refused."""
    path = csv(tmp_path, fact(insured_months="@@@"))
    path.write_text(path.read_text().replace("@@@", '"1,000"'))
    assert only(path).value == "1,000"


@pytest.mark.parametrize(
    "value",
    [
        *(
            "1980-5-17",
            "80-05-17",
            "1980/05/17",
            "17.05.1980",
            "19800517",
            "1980-05-17 00:00:00",
            "1980-05-17T00:00",
        ),
        *("1980-02-30", "1981-02-29", "1980-13-01", "1980-00-10", "29358", "１９８０-05-17", "1980年5月17日"),
        *(" 1980-05-17", "+1980-5-17", "NaT"),
    ],
)
def test_dates_are_iso(value: str, tmp_path: Path) -> None:
    """Four digits, two and two, of a day that there was."""
    violation = only(csv(tmp_path, fact(birth_date=value)))
    assert (violation.rule, violation.value) == ("not_date", value)


def test_the_leap_day_is_a_date(tmp_path: Path) -> None:
    """29 February stands in a leap year."""
    assert admitted(csv(tmp_path, fact(birth_date="1980-02-29"))).frame["birth_date"][0] == dt.date(
        1980, 2, 29
    )


@pytest.mark.parametrize(
    ("value", "meant"), [("true", True), ("TRUE", True), ("False", False), ("false", False)]
)
def test_yes_and_no_are_true_and_false(value: str, *, meant: bool, tmp_path: Path) -> None:
    """Capitals make no difference."""
    assert admitted(csv(tmp_path, fact(criminal_record=value))).frame["criminal_record"][0] is meant


@pytest.mark.parametrize("value", ["1", "0", "yes", "no", "是", "T", "tru", " true"])
def test_yes_and_no_have_no_other_words(value: str, tmp_path: Path) -> None:
    """A number is no yes."""
    assert only(csv(tmp_path, fact(criminal_record=value))).rule == "not_bool"


@pytest.mark.parametrize(
    ("value", "hundredths"),
    [
        ("97.13", 9713),
        ("97.1", 9710),
        ("97", 9700),
        ("0.07", 7),
        ("97.130", 9713),
        ("97.00000", 9700),
        ("-0", 0),
        ("007.5", 750),
    ],
)
def test_points_are_exact_hundredths(value: str, hundredths: int, tmp_path: Path) -> None:
    """One decimal or none is a hundredth too, and so are zeros behind it."""
    assert admitted(csv(tmp_path, point(employment=value))).frame["employment"][0] == hundredths


@pytest.mark.parametrize(
    "value", ["97.135", "97.", ".5", "1e2", "NaN", "inf", "９７", "97,13", "97.1 3", "0.001"]
)
def test_points_are_nothing_else(value: str, tmp_path: Path) -> None:
    """Half a hundredth, or a number in any other dress, is refused."""
    path = csv(tmp_path, point(employment="@@@"))
    path.write_text(path.read_text().replace("@@@", f'"{value}"'))
    assert (only(path).rule, only(path).value) == ("not_points", value)


@pytest.mark.parametrize("hundredths", [1, 7, 29, 57, 113, 1013, 9713, 12417, 99999, 999999])
def test_no_hundredth_is_lost(hundredths: int, tmp_path: Path) -> None:
    """What is written in decimals comes out as the same number of hundredths."""
    written = f"{hundredths // 100}.{hundredths % 100:02d}"
    assert admitted(csv(tmp_path, point(employment=written))).frame["employment"][0] == hundredths


@pytest.mark.parametrize(
    ("column", "value", "rule", "nearest"),
    [
        ("education", "bachelors", "unknown_level", "bachelor"),
        ("education", "Master", "unknown_level", "master"),
        ("education", "", "empty", None),
        ("sex", "Female", "unknown_level", "female"),
        ("sex", "女", "unknown_level", None),
        ("post", "cader", "unknown_level", "cadre"),
        ("innovation_award", "sciense-first", "unknown_key", "science-first"),
        ("honour", "model_worker", "unknown_key", "model-worker"),
        ("home_district", "海定区", "unknown_level", "海淀区"),
        ("job_district", "municipal", "unknown_level", None),
    ],
)
def test_an_unknown_word_names_the_nearest(
    column: str, value: str, rule: str, nearest: str | None, tmp_path: Path
) -> None:
    """A slip of the pen is met with what was probably meant."""
    violation = only(csv(tmp_path, fact(**{column: value})))
    assert (violation.rule, violation.data.get("nearest")) == (rule, nearest)
    assert violation.value == (value or None)


def test_keys_of_the_annexes_come_from_the_rulebook(tmp_path: Path) -> None:
    """An award is kept as the rulebook's key, in the annex's order."""
    cohort = admitted(csv(tmp_path, fact(innovation_award="contest-gold", honour="hero")))
    assert cohort.frame.select("innovation_award", "honour").row(0) == ("contest-gold", "hero")
    assert cohort.frame["innovation_award"].to_physical().to_list() == [2]


def test_a_district_may_be_written_short(tmp_path: Path) -> None:
    """东城 is 东城区, and the development area has one name."""
    rows = [fact(home_district="东城"), fact(applicant_id="A0002", home_district="经济技术开发区")]
    assert admitted(csv(tmp_path, *rows)).frame["home_district"].to_list() == ["东城区", "经济技术开发区"]


def test_a_pseudonym_occurs_once(tmp_path: Path) -> None:
    """A second row of one applicant is an error that names the first."""
    rows = [fact(), fact(applicant_id="A0002"), fact(), fact()]
    violations = refused(csv(tmp_path, *rows))
    assert [(one.row, one.data["first"], one.count) for one in violations] == [(3, 1, 2), (4, 1, 2)]


def test_a_line_end_in_a_cell_does_not_break_the_message(tmp_path: Path) -> None:
    """What cannot be printed is shown as such, and what is long is cut."""
    path = csv(tmp_path, fact(sex="@@@", post="cadre" * 100))
    path.write_text(path.read_text().replace("@@@", '"female\n"'))
    sex, post = sorted(refused(path), key=lambda one: str(one.column), reverse=True)
    assert (sex.value, sex.data["nearest"]) == ("female\N{REPLACEMENT CHARACTER}", "female")
    assert post.value == ("cadre" * 8)[:39] + "…"
