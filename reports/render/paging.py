"""Which table goes before its figure, so that no page of paper ends half empty.

A figure is never divided, a table may be. Where a figure does not fit the rest of a page, the table behind it
takes the figure's place and fills that rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.blocks import Block, Figure, Heading, Sources, Table

#: Points: the text of an A4 page, and what a piece of a table is high at least.
PAGE, PIECE = 711.0, 90.0
#: Points above and below a piece, of which neighbours share the larger; and the head that a table repeats.
AROUND = {Heading: (20.0, 9.5), Figure: (17.9, 17.9), Table: (17.9, 17.9)}
OTHERWISE, HEAD = (10.5, 10.5), 20.0
#: A table of so many rows is not divided.
FEW = 6


@dataclass
class _Page:
    """The page that is being filled: how far, what the last piece leaves below itself, and its headings.

    Headings go to the next page with what they stand over.
    """

    used: float = 0.0
    below: float = 0.0
    headings: float = 0.0

    def rest(self, block: Block) -> float:
        """Return the room that is left for a piece."""
        return PAGE - self.used - self._above(block)

    def put(self, block: Block, height: float) -> None:
        """Set a piece, on the next page where it does not fit, or divided."""
        rest = self.rest(block)
        if height > rest and divided(block) and rest >= min(PIECE, height / 2):
            self.used, height = 0.0, height - rest + (HEAD if isinstance(block, Table) else 0.0)
        elif height > rest:
            self.used, self.below = self.headings, self.below if self.headings else 0.0
        took = self._above(block) + height
        self.used = (self.used + took) % PAGE
        self.below = AROUND.get(type(block), OTHERWISE)[1]
        self.headings = self.headings + height if isinstance(block, Heading) else 0.0

    def _above(self, block: Block) -> float:
        return max(self.below, AROUND.get(type(block), OTHERWISE)[0]) if self.used else 0.0


def divided(block: Block) -> bool:
    """Say whether a piece may begin on one page and end on another."""
    return (
        len(block.rows) > FEW
        if isinstance(block, Table)
        else not isinstance(block, Figure | Heading | Sources)
    )


def order(blocks: Sequence[Block], heights: Sequence[float], *, used: float) -> list[int]:
    """Return the numbers of the pieces in the order to set them in.

    Args:
        blocks: the pieces of a document without its title.
        heights: of each, in points.
        used: what the title takes of the first page.

    """
    page, waiting, done = _Page(used), list(range(len(blocks))), []
    while waiting:
        first = waiting[0]
        if isinstance(blocks[first], Figure) and heights[first] > page.rest(blocks[first]):
            first = _before(waiting, blocks, heights, page)
        waiting.remove(first)
        page.put(blocks[first], heights[first])
        done.append(first)
    return done


def _before(waiting: Sequence[int], blocks: Sequence[Block], heights: Sequence[float], page: _Page) -> int:
    """Return the table that fills the rest of the page before the figures in front of it, if there is one."""
    table = next((number for number in waiting if not isinstance(blocks[number], Figure)), waiting[0])
    if not isinstance(blocks[table], Table):
        return waiting[0]
    fills = PIECE if divided(blocks[table]) else heights[table]
    return table if page.rest(blocks[table]) >= fills else waiting[0]
