"""Hold the transcription of Annexes 3 and 4 against lines counted by hand."""

from .annexes import ANNEX_3, ANNEX_4


def test_annex_3_has_every_line() -> None:
    """The annex's rows have the lines and sums of points counted by hand in the document."""
    lines: dict[tuple[int, int], list[int]] = {}
    for award in ANNEX_3:
        lines.setdefault((award.part, award.row), []).append(award.points)
    counted = {row: (len(points), sum(points)) for row, points in lines.items()}
    assert counted == {
        (1, 1): (3, 34),
        (1, 2): (3, 34),
        (1, 3): (9, 93),
        (1, 4): (12, 65),
        (1, 5): (4, 48),
        (1, 6): (4, 39),
        (1, 7): (2, 10),
        (1, 8): (8, 48),
        (1, 9): (1, 6),
        (1, 10): (3, 12),
        (2, 1): (3, 27),
        (2, 2): (3, 12),
        (2, 3): (1, 12),
        (2, 4): (3, 27),
        (2, 5): (3, 12),
        (2, 6): (4, 15),
        (2, 7): (3, 27),
        (2, 8): (3, 12),
        (3, 1): (3, 12),
    }


def test_annex_4_has_eleven_rows_of_twenty() -> None:
    """Each of the eleven honours gives 20 points."""
    assert [(honour.row, honour.points) for honour in ANNEX_4] == [(row, 20) for row in range(1, 12)]
