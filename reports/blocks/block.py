"""What every piece of a document is: plain data that can leave a notebook and be read back."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, ClassVar

#: Under this name a notebook holds a piece's data beside its HTML; renderers read nothing else.
MIME = "application/vnd.jifen.block+json"
#: The key that tells which piece some data are of.
KIND = "jifen"
#: Characters that no document may hold; a file of labels can.
CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\ufffe\\uffff]")


class Piece:
    """Anything of which a document is made: a dataclass of texts, numbers and further pieces."""

    kinds: ClassVar[dict[str, type[Piece]]] = {}

    def __init_subclass__(cls) -> None:
        """Remember every kind of piece by its name, so that its data can be read back."""
        Piece.kinds[cls.__name__] = cls

    def data(self) -> dict[str, Any]:
        """Return the piece as plain data, which JSON can hold."""
        # Every piece is a dataclass, which a base class cannot say of itself.
        names = [each.name for each in fields(self)]  # type: ignore[arg-type]
        held = {name: _plain(getattr(self, name)) for name in names}
        return {KIND: type(self).__name__, **held}


class Block(Piece, ABC):
    """A piece that stands by itself in a document; at the end of a cell it shows itself in a notebook."""

    @abstractmethod
    def html(self) -> str:
        """Return the piece as HTML."""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        return {"text/html": self.html(), MIME: self.data()}


def revived(data: Any) -> Any:
    """Make a piece of its data again; what is none stays as it is.

    >>> from reports.blocks import Heading
    >>> revived(Heading("Cutoff").data())
    Heading(text='Cutoff', level=2)
    """
    if isinstance(data, list):
        return tuple(map(revived, data))
    if isinstance(data, Mapping) and KIND in data:
        values = {name: revived(value) for name, value in data.items() if name != KIND}
        return Piece.kinds[data[KIND]](**values)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Piece):
        return value.data()
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, str):
        return CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)
    return value
