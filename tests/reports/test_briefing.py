"""The annual briefing, section by section, on rounds of every kind."""

import re

import polars as pl
import pytest
import vl_convert

from reports.disclosure import DisclosureError
from reports.words import LANGUAGES
from tests.reports.pages import CHINESE, Read, read, rows_of
from tests.reports.rounds import drawn, frame, page, scored

TRICKS = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(1)>",
    "=HYPERLINK(1)",
    "**bold** [link](javascript:1)",
    "{quota}",
)


def teams(size: int) -> list[str]:
    """Give everyone a team, some with a name that is no harmless text."""
    return [TRICKS[number % len(TRICKS)] for number in range(size)]


@pytest.fixture(scope="module", params=LANGUAGES)
def told(request: pytest.FixtureRequest) -> Read:
    """Read the page of 600 people, of whom 60 are admitted, in each language."""
    round_ = scored(drawn(600, team=teams(600)), quota=60)
    return read(page(round_, lang=request.param), round_)


def headline(told: Read, name: str) -> str:
    """Give the number that stands under a name at the head of the page."""
    return told.texts[told.texts.index(name) + 1]


def test_every_section_is_there(told: Read) -> None:
    """One title, and under it the sections in their order."""
    assert len(told.having("h1")) == 1
    assert len(told.having("h2")) == 9


def test_charts_have_marks_for_their_rows(told: Read) -> None:
    """Every chart, drawn, has a mark for every row that it embeds, and a text for every label."""
    assert len(told.specs) == 8
    for spec in (told.of_totals, *told.of_populations):
        svg = vl_convert.vegalite_to_svg({**spec, "width": 320})
        bars = [row for row in rows_of(spec) if ("label" in row and "row" in row) or "density" in row]
        assert svg.count('aria-roledescription="bar"') == len(bars) > 0
        assert "undefined" not in svg
        assert "NaN" not in svg


def test_no_label_is_cut(told: Read) -> None:
    """On a narrow screen every name and every value beside a bar is there in full."""
    for spec in told.of_populations:
        svg = vl_convert.vegalite_to_svg({**spec, "width": 320})
        labels = {
            row["label"].replace("<", "&lt;").replace(">", "&gt;") for row in rows_of(spec) if "label" in row
        }
        shown = set(re.findall(r">([^<>]+)</text>", svg))
        assert labels <= shown


def test_charts_embed_only_what_they_draw(told: Read) -> None:
    """No chart holds a column that it does not use, and none holds a person."""
    allowed = [
        {"lower", "upper", "density", "people", "range", "state"},
        {"cutoff", "label"},
        {"zero"},
        {"step", "people", "label", "basis"},
        {"series", "x", "y", "label"},
        {"x", "label"},
        {"row", "population", "value", "label"},
    ]
    for spec in told.specs:
        assert all(set(row) in allowed for row in rows_of(spec))
        assert len(rows_of(spec)) < 200


def test_no_small_count_is_embedded(told: Read) -> None:
    """The distribution's rows count at least the threshold."""
    people = [row["people"] for row in rows_of(told.of_totals) if "people" in row]
    assert min(people) >= 10
    assert sum(people) == 600


def test_charts_can_be_read_without_being_seen(told: Read) -> None:
    """Every chart is an image with a sentence that says what it shows, and every table has a caption."""
    charts = [found for found in told.having("div") if found.get("class") == "chart"]
    assert [found["role"] for found in charts] == ["img"] * 8
    assert all(len(found["aria-label"]) > 20 for found in charts)
    assert len(told.having("caption")) == len(told.having("table")) == 7
    assert all("scope" in found for found in told.having("th"))


def test_names_of_groups_stay_text(told: Read) -> None:
    """A group called like a script, a formula or Markdown is shown by its name and does nothing."""
    assert all(name in told.text for name in TRICKS)
    assert not told.having("img")
    assert not [text for _, text in told.scripts if text.startswith("alert")]
    assert not told.having("strong")
    assert not told.having("a")


def test_names_of_columns_stay_text() -> None:
    """A column called like an element is a heading by that name."""
    round_ = scored(drawn(100).with_columns(pl.Series("<b>team</b>", ["a", "b"] * 50)), quota=20)
    assert "<b>team</b>" in read(page(round_), round_).text


def test_the_font_has_every_chinese_character(told: Read) -> None:
    """Every Chinese character of page, charts and tooltips is among the embedded glyphs."""
    carried = "".join(text for attributes, text in told.scripts if attributes.get("class") == "spec")
    attributes = "".join(value for _, found in told.elements for value in found.values())
    wanted = {ord(mark) for mark in CHINESE.findall(told.text + carried + attributes)}
    assert wanted <= told.glyphs
    assert wanted or told.having("html")[0]["lang"] == "en"


def test_the_round_is_told_in_numbers() -> None:
    """Cutoff, ties, admitted, quota, eligible and applicants stand at the head of the page."""
    round_ = scored(frame({"employment": [90] * 20 + [80] * 15 + [70] * 65}), quota=25)
    told = read(page(round_), round_)
    assert headline(told, "Cutoff") == "80.00"
    assert headline(told, "Tied at the cutoff") == "15"
    assert headline(told, "Eligible applicants") == "100"
    assert headline(told, "Admitted") == "35"
    assert headline(told, "Quota") == "25"


def test_a_list_of_admitted_people_has_no_pool() -> None:
    """Where everyone was admitted nothing is compared, and a sentence says what is left out and why."""
    round_ = scored(drawn(300), quota=300)
    told = read(page(round_, lang="zh"), round_)
    assert "没有未落户的申请人" in told.text
    assert "符合条件申请人" not in "".join(text for text in told.texts[: told.texts.index("未列内容及原因")])
    assert {row["population"] for spec in told.of_populations for row in rows_of(spec) if "row" in row} == {
        "落户人员"
    }


def test_a_round_without_places_tells_the_pool_alone() -> None:
    """With a quota of nothing there is no cutoff, and the page says so and describes the applicants."""
    round_ = scored(drawn(300), quota=0)
    told = read(page(round_), round_)
    assert "Nobody was admitted in this round" in told.text
    assert {row["population"] for spec in told.of_populations for row in rows_of(spec) if "row" in row} == {
        "Eligible applicants"
    }
    assert "cutoff" not in {key for row in rows_of(told.of_totals) for key in row}


def test_few_admitted_are_not_described() -> None:
    """Where fewer than the threshold were admitted, their number is hidden and the pool stands alone."""
    people = frame({"employment": [50] * 30 + [90, 91, 92, 93]})
    round_ = scored(people, quota=4)
    told = read(page(round_), round_)
    assert headline(told, "Admitted") == "not shown"
    assert "Fewer than 10 people were admitted" in told.text
    assert {row["population"] for spec in told.of_populations for row in rows_of(spec) if "row" in row} == {
        "Eligible applicants"
    }


def test_few_who_were_not_admitted_are_not_singled_out() -> None:
    """Where all but three were admitted, only the admitted are described, and no total tells the three."""
    round_ = scored(frame({"employment": [90] * 40 + [50] * 3}), quota=40)
    told = read(page(round_), round_)
    assert headline(told, "Eligible applicants") == headline(told, "Applicants") == "not shown"
    assert "43" not in told.text
    assert sum(row.get("people", 0) for row in rows_of(told.of_totals)) == 40


def test_a_handful_of_people_is_no_round_to_describe() -> None:
    """Under the threshold nothing but the rules of the page is shown, and it is still a page."""
    round_ = scored(drawn(6), quota=2)
    told = read(page(round_), round_)
    assert [len(rows_of(spec)) for spec in told.specs] == [3 + 1]
    assert "Fewer than 10 applicants are eligible" in told.text


def test_the_threshold_is_the_pages_own() -> None:
    """A higher threshold hides more, and the page names it."""
    round_ = scored(drawn(300, team=["a"] * 240 + ["b"] * 35 + ["c"] * 25), quota=100)
    told = read(page(round_, threshold=30), round_)
    assert "fewer than 30" in told.text
    assert min(row["people"] for row in rows_of(told.of_totals) if "people" in row) >= 30
    with pytest.raises(DisclosureError):
        page(round_, threshold=4)


def test_a_rulebook_out_of_its_rounds_is_noted() -> None:
    """A page made by rules that were not in force says so before anything else."""
    import scoring
    from reports.round_page import RoundPage

    rules = scoring.Rulebook.load("beijing-2018-trial")
    cohort = scoring.Cohort.from_frame(drawn(100), rules=rules, round_year=2020)
    round_ = scoring.score(cohort, rules, quota=20)
    (notice,) = round_.notices
    told = read(RoundPage.of(round_, cohort="people.csv", lang="zh", threshold=10), round_)
    assert notice.text("zh") in told.texts[:8]


def test_a_figure_keeps_its_number() -> None:
    """Run again in a notebook, a cell gives its figure and its table the numbers they had."""
    opened = page(scored(drawn(100), quota=20), lang="zh")
    names = ["a", "b", "a"]
    assert [opened.number("figure", name) for name in names] == ["图1", "图2", "图1"]
    assert opened.number("table", "a") == "表1"
