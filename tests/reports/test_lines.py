"""Lines over places: a band that knows only some of them leaves the axis to all."""

from reports.charts.lines import Axes, Dot, lines


def test_a_band_over_some_places_leaves_the_axis_whole() -> None:
    """Known years without a band and forecast ones with one share an axis that has a tick for each."""
    known = [Dot("published", year, 95.0 + year - 2020, "") for year in (2020, 2021, 2022)]
    ahead = [Dot("forecast", year, 98.0, "", 97.0, 99.0) for year in (2022, 2023)]
    drawn = lines([*known, *ahead], Axes("year", "points", "series")).to_dict()
    ticks = [layer["encoding"]["x"]["axis"]["values"] for layer in drawn["layer"]]
    assert len(ticks) == 3
    assert all(values == [2020, 2021, 2022, 2023] for values in ticks)
