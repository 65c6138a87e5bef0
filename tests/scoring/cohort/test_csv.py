"""CSV in every encoding that is taken, and one bad file for each thing that is not."""

from pathlib import Path

import pytest

from scoring.cohort import CohortError, read
from scoring.rulebook.schema import DISTRICTS
from tests.scoring.cohort.made import ROUND, RULES, admitted, csv, fact, only, point, refused, text_of

# Beyond the two-byte characters of GBK: extension A, extension B, and a district name with them.
RARE = ("𠮷野", "㐂组", "䶮科", "𪚥部")


def written(folder: Path, content: bytes | str, name: str = "cohort.csv") -> Path:
    """Put some content into a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_give_the_same_cohort(encoding: str, tmp_path: Path) -> None:
    """UTF-8, with and without byte-order mark, and GB18030 read alike, rare characters too."""
    rows = [
        fact(applicant_id=f"A{i}", home_district=DISTRICTS[i], unit=RARE[i % 4], sector="软件和信息技术")
        for i in range(len(DISTRICTS))
    ]
    cohort = admitted(csv(tmp_path, *rows, encoding=encoding))
    assert cohort.frame["home_district"].to_list() == list(DISTRICTS)
    assert cohort.frame["unit"].to_list() == [RARE[i % 4] for i in range(len(DISTRICTS))]
    assert cohort.groups == ("home_district", "sector", "unit")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n\n\n", ""])
def test_line_ends_make_no_difference(end: str, tmp_path: Path) -> None:
    """Windows, old Mac, empty lines at the end and no last line end are all one."""
    text = text_of([fact(), fact(applicant_id="A0002")])
    changed = text.rstrip("\n") + end if end in {"\n\n\n", ""} else text.replace("\n", end)
    assert admitted(written(tmp_path, changed)).frame.height == 2


def test_quoted_fields_hold_commas_quotes_and_line_ends(tmp_path: Path) -> None:
    """What stands in quotation marks is one field, and the rows after it are counted right."""
    rows = [
        fact(team="@@@"),
        fact(applicant_id="A0002", team="@@@"),
        fact(applicant_id="A0003", sex="x", team="b"),
    ]
    text = text_of(rows).replace("@@@", '"red, ""old""\nteam"')
    violation = only(written(tmp_path, text))
    assert (violation.row, violation.column) == (3, "sex")
    cohort = admitted(written(tmp_path, text.replace(",x,", ",female,")))
    assert cohort.frame["team"].to_list() == ['red, "old"\nteam', 'red, "old"\nteam', "b"]


def test_an_empty_quoted_field_is_null(tmp_path: Path) -> None:
    """Two quotation marks with nothing between them hold nothing."""
    text = text_of([fact(honour="@@@")]).replace("@@@", '""')
    assert admitted(written(tmp_path, text)).frame["honour"].to_list() == [None]


def test_empty_rows_at_the_end_are_ignored_and_said(tmp_path: Path) -> None:
    """What a spreadsheet leaves below the table is no applicant."""
    blank = "," * (len(fact()) - 1) + "\n"
    cohort = admitted(written(tmp_path, text_of([fact()]) + blank * 3))
    assert cohort.frame.height == 1
    assert [(one.rule, one.data["rows"]) for one in cohort.notices] == [("empty_rows_below", 3)]


def test_an_empty_row_between_others_is_an_error(tmp_path: Path) -> None:
    """A row of nothing in the middle is reported as such and shifts no row number."""
    blank = "," * (len(fact()) - 1)
    lines = text_of([fact(), fact(applicant_id="A0002", sex="x")]).splitlines()
    violations = refused(written(tmp_path, "\n".join([*lines[:2], blank, lines[2]])))
    assert {one.row for one in violations if one.rule == "empty"} == {2}
    assert [(one.row, one.column) for one in violations if one.rule == "unknown_level"] == [(3, "sex")]


def test_unnamed_empty_columns_are_dropped(tmp_path: Path) -> None:
    """Commas that a spreadsheet leaves at the end of each line make no column."""
    text = "".join(f"{line},,\n" for line in text_of([fact()]).splitlines())
    assert admitted(written(tmp_path, text)).frame.width == len(fact())


def test_an_unnamed_column_that_holds_something_is_refused(tmp_path: Path) -> None:
    """A column needs a name before it can be kept or left out."""
    text = "".join(f"{i},{line}\n" for i, line in zip(["", "7"], text_of([fact()]).splitlines(), strict=True))
    violation = only(written(tmp_path, text))
    assert (violation.rule, violation.data["position"]) == ("unnamed_column", 1)


def test_duplicated_headers_are_refused(tmp_path: Path) -> None:
    """Two columns of one name are named once for all."""
    text = "".join(
        f"{line},{last}\n" for line, last in zip(text_of([fact()]).splitlines(), ["sex", "male"], strict=True)
    )
    violation = only(written(tmp_path, text))
    assert (violation.rule, violation.column, violation.count) == ("duplicate_column", "sex", 2)


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_another_separator_is_named(separator: str, tmp_path: Path) -> None:
    """A table that is not parted by commas is told from one with a single column."""
    violation = only(written(tmp_path, text_of([fact()]).replace(",", separator)))
    assert (violation.rule, violation.data["separator"]) == ("separator", separator)


def test_rows_of_another_length_are_refused_one_and_all(tmp_path: Path) -> None:
    """Too few and too many fields are both errors, with the row, and never filled up."""
    lines = text_of([fact(applicant_id=f"A{i}") for i in range(4)]).splitlines()
    lines[2] = lines[2].rsplit(",", 1)[0]
    lines[4] += ",0"
    violations = refused(written(tmp_path, "\n".join(lines)))
    assert [(one.rule, one.row, one.data["fields"], one.data["width"]) for one in violations] == [
        ("fields", 2, 25, 26),
        ("fields", 4, 27, 26),
    ]


def test_an_open_quotation_mark_is_found(tmp_path: Path) -> None:
    """A mark that is never closed swallows the rest of the file, so the row where it opens is named."""
    lines = text_of([fact(applicant_id=f"A{i}") for i in range(4)]).splitlines()
    lines[3] = lines[3].replace("cadre", '"cadre')
    violation = only(written(tmp_path, "\n".join(lines)))
    assert (violation.rule, violation.data["row"] if violation.row is None else violation.row) == (
        "open_quote",
        3,
    )


def test_a_stray_pair_of_quotation_marks_is_refused(tmp_path: Path) -> None:
    """A field is quoted as a whole or not at all."""
    assert only(written(tmp_path, text_of([fact(post='"cadre"x')]))).rule == "quotes"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b"\r\n\r\n", "empty_file"),
        (bytes(range(256)) * 40, "binary"),
        (text_of([fact()]).encode().replace(b"A0001", b"A\x000"), "binary"),
        (text_of([fact()]).encode("utf-16"), "utf16"),
        (b"PK\x03\x04 and so on", "other_format"),
        (b"PAR1 and so on PAR1", "other_format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "other_format"),
        (text_of([fact()]).encode() + b"A2,\xff\xff\xff", "encoding"),
        (text_of([fact()]).splitlines()[0].encode(), "no_rows"),
        (b"a,b\n1,2\n", "no_level"),
    ],
)
def test_what_is_no_csv_is_refused_with_one_sentence(content: bytes, rule: str, tmp_path: Path) -> None:
    """Empty files, junk, other formats and other encodings each have their own error, in one line."""
    path = written(tmp_path, content)
    assert only(path).rule == rule
    with pytest.raises(CohortError) as caught:
        read(path, rules=RULES, round_year=ROUND)
    assert len(str(caught.value).splitlines()) == 1


def test_the_line_that_is_in_no_encoding_is_named(tmp_path: Path) -> None:
    """Bytes that are neither UTF-8 nor GB18030 are found."""
    lines = text_of([fact(applicant_id=f"A{i}") for i in range(4)]).encode().splitlines(keepends=True)
    lines[3] = lines[3].replace(b"cadre", b"ca\xffdre")
    violation = only(written(tmp_path, b"".join(lines)))
    assert (violation.rule, violation.data["line"]) == ("encoding", 4)


@pytest.mark.parametrize("first", ["utf-8", "gb18030"])
def test_mixed_encodings_are_refused_whichever_comes_first(first: str, tmp_path: Path) -> None:
    """A file pasted from two exports would read as nonsense without an error, so both lines are named."""
    second = {"utf-8": "gb18030", "gb18030": "utf-8"}[first]
    rows = [fact(applicant_id=f"A{i}", home_district="石景山区") for i in range(4)]
    lines = text_of(rows).splitlines(keepends=True)
    content = "".join(lines[:3]).encode(first) + "".join(lines[3:]).encode(second)
    violation = only(written(tmp_path, content))
    utf8, other = (2, 4) if first == "utf-8" else (4, 2)
    assert (violation.rule, violation.data["utf8_line"], violation.data["line"]) == (
        "mixed_encodings",
        utf8,
        other,
    )


def test_text_in_gb18030_is_not_taken_for_mixed(tmp_path: Path) -> None:
    """Every character of the common planes may stand in a group without looking like UTF-8 in between."""
    names = ["".join(map(chr, range(start, start + 8))) for start in range(0x4E00, 0x9F00, 64)][:150]
    rows = [fact(applicant_id=f"A{i}", unit=names[i % 150]) for i in range(1500)]
    assert admitted(csv(tmp_path, *rows, encoding="gb18030")).frame["unit"].n_unique() == 150


@pytest.mark.parametrize("name", ["cohort.txt", "cohort", "cohort.xls", "cohort.json"])
def test_an_unknown_suffix_is_refused(name: str, tmp_path: Path) -> None:
    """The format is told by the suffix and not guessed."""
    assert only(written(tmp_path, text_of([point()]), name)).rule == "suffix"


def test_a_folder_by_the_name_of_a_file_holds_no_facts(tmp_path: Path) -> None:
    """A folder means histories whatever it is called, and an empty one lacks the tables that are needed."""
    (tmp_path / "cohort.csv").mkdir()
    for path in (tmp_path / "cohort.csv", tmp_path):
        assert [(one.rule, one.table) for one in refused(path)] == [
            ("no_table", "applicants"),
            ("no_table", "insurance"),
        ]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """What is not there is said to be not there, whatever its suffix."""
    for name in ("none.csv", "none.parquet", "none.xlsx"):
        assert only(tmp_path / name).rule == "no_file"


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's own word is passed on in one sentence."""
    path = csv(tmp_path, fact())

    def forbid(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", forbid)
    violation = only(path)
    assert (violation.rule, violation.data["reason"]) == ("unreadable", "Permission denied")
