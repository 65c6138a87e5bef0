"""The pieces of a document: data with the words of a page, which four renderers write.

Each knows its HTML as well and shows itself in a notebook. Whatever comes from outside, a group's name or a
file's, is text: a piece escapes it in HTML, and no renderer reads it as anything else.
"""

from reports.blocks.block import MIME, Block, revived
from reports.blocks.figure import Figure
from reports.blocks.table import Cell, Row, Table
from reports.blocks.text import Blocks, Facts, Heading, Paragraph, Points, Sources

__all__ = [
    "MIME",
    "Block",
    "Blocks",
    "Cell",
    "Facts",
    "Figure",
    "Heading",
    "Paragraph",
    "Points",
    "Row",
    "Sources",
    "Table",
    "revived",
]
