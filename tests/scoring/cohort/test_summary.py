"""What was found, rule by rule."""

from scoring.cohort.summary import by_rule, by_rule_lines, firsts
from scoring.cohort.violations import error, note

FOUND = (
    *(error("empty", table="insurance", column="district", row=row, count=7) for row in (1, 2, 3)),
    error("no_table", table="applicants", path="x"),
    note("past_reference", table="insurance", column="last_month", row=4, value="2030-01-01", count=12),
)


def test_each_rule_is_counted_once_in_each_column() -> None:
    """Not the rows that are listed are counted but those that break it."""
    assert [(one.severity, one.rule, one.where, one.count) for one in by_rule(FOUND)] == [
        ("error", "empty", "insurance.district", 7),
        ("error", "no_table", "applicants", 1),
        ("note", "past_reference", "insurance.last_month", 12),
    ]


def test_the_counts_stand_in_columns() -> None:
    """In either language, and only where there is something to sum up."""
    assert by_rule_lines(FOUND, "en") == [
        "By rule:",
        "  error  insurance.district    empty            7",
        "  error  applicants            no_table         1",
        "  note   insurance.last_month  past_reference  12",
    ]
    assert by_rule_lines(FOUND, "zh")[:2] == [
        "按规则汇总：",
        "  错误  insurance.district    empty            7",
    ]
    assert by_rule_lines(FOUND[:3], "en") == []
    assert by_rule_lines((), "en") == []


def test_the_first_of_each_are_picked() -> None:
    """As many as asked for, in their order."""
    assert [one.row for one in firsts(FOUND)] == [1, None, 4]
    assert [one.row for one in firsts(FOUND, 2)] == [1, 2, None, 4]
