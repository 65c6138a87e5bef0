"""Take the pieces of a document out of an executed notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.blocks import MIME, Block, Blocks, revived
from reports.render.errors import ReportError

if TYPE_CHECKING:
    from nbformat import NotebookNode

SHOWN = ("execute_result", "display_data")


def blocks_of(executed: NotebookNode, *, name: str) -> list[Block]:
    """Return every piece that the notebook's cells show, in their order.

    A document holds nothing else. Raises ReportError where a cell shows or prints anything that is no piece,
    a frame, say, which could hold people.
    """
    blocks: list[Block] = []
    for number, cell in enumerate(executed.cells, start=1):
        for output in cell.get("outputs", []):
            if output.output_type in SHOWN and MIME in output.data:
                block = revived(output.data[MIME])
                blocks += block if isinstance(block, Blocks) else [block]
            elif output.get("name") != "stderr":
                raise ReportError(
                    f"{name}: cell {number} shows something that is no piece of a document; end it with a "
                    "block of reports.blocks, or mark the cell notebook-only"
                )
    return blocks
