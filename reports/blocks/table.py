"""Tables that a screen reader can read: a caption, scopes, numbers to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from reports.blocks.block import Block, Piece


@dataclass(frozen=True)
class Cell(Piece):
    """What stands in a cell: the text as people read it, and its number where it is one.

    `form` is the number's format in a workbook: ``#,##0``, ``0.00``, ``0.0%``. An interval has two `ends` and
    no value; in a workbook each end has a column of its own.
    """

    text: str
    value: int | float | None = None
    form: str = ""
    ends: Sequence[int | float] = ()


@dataclass(frozen=True)
class Row(Piece):
    """A row: what it is about and its cells; a `line` has no cells and runs across the table."""

    name: str
    cells: Sequence[Cell] = ()
    line: bool = False


@dataclass(frozen=True)
class Table(Block):
    """A table; `groups` name what stands over the columns, each with how many columns it spans.

    The cells of `prose` are sentences, which begin at the left and wrap.
    """

    key: str
    number: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Row]
    groups: Sequence[tuple[str, int]] = ()
    note: str = ""
    prose: bool = False

    def html(self) -> str:
        """Return the table, in a frame of its own that scrolls when the screen is narrower."""
        name = f"table-{escape(self.key, quote=True)}"
        note = f'<p class="footer">{escape(self.note)}</p>' if self.note else ""
        caption = f'<span class="number">{escape(self.number)}</span> {escape(self.caption)}'
        body = "".join(map(self._row, self.rows))
        kind = "table prose" if self.prose else "table"
        return (
            f'<div class="{kind}" role="region" tabindex="0" aria-labelledby="{name}"><table>'
            f'<caption id="{name}">{caption}</caption>'
            f"<thead>{self._head()}</thead><tbody>{body}</tbody></table>{note}</div>"
        )

    def _head(self) -> str:
        """Put groups over their columns; a column of no group reaches through both rows."""
        first, *others = (escape(name) for name in self.head)
        grouped = sum(span for _, span in self.groups)
        deep = ' rowspan="2"' if self.groups else ""
        names = [f'<th scope="col">{name}</th>' for name in others]
        over = [f'<th scope="colgroup" colspan="{span}">{escape(name)}</th>' for name, span in self.groups]
        alone = [f'<th scope="col"{deep}>{name}</th>' for name in others[grouped:]]
        top = f'<tr><th scope="col" class="first"{deep}>{first}</th>{"".join(over + alone)}</tr>'
        return top + (f"<tr>{''.join(names[:grouped])}</tr>" if self.groups else "")

    def _row(self, row: Row) -> str:
        name = escape(row.name)
        if row.line:
            return f'<tr class="line"><th scope="rowgroup" colspan="{len(self.head)}">{name}</th></tr>'
        cells = "".join(f"<td>{escape(cell.text)}</td>" for cell in row.cells)
        return f'<tr><th scope="row">{name}</th>{cells}</tr>'
