"""Changes of rules over many draws: equal ones found once, and each refused with its draw."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scoring import Rulebook
from scoring.errors import JifenError
from scoring.rulebook import Parameter
from scoring.rulebook.paths import parameter_at
from scoring.rulebook.values import parse_value
from simulate.engine.draws import Changes
from simulate.engine.errors import EngineError
from simulate.engine.scores import Some


@dataclass(frozen=True)
class Variants:
    """Hold the different rulebooks that draws have as to some paths.

    Attributes:
        rules: each different rulebook; only the paths asked for are changed in it.
        of_draw: intp [draws], the position in ``rules`` of each draw's.

    """

    rules: tuple[Rulebook, ...]
    of_draw: Some


@dataclass(frozen=True)
class Changed:
    """Hold the changes of many draws, path by path.

    Attributes:
        rules: the baseline's rulebook.
        paths: every path that some draw changes.
        values: for each path its different values, the first standing for no change.
        codes: int32 [draws, paths], the position of each draw's value in ``values``.
        number: intp [draws], by which a message names a draw.

    """

    rules: Rulebook
    paths: tuple[str, ...]
    values: tuple[tuple[object, ...], ...]
    codes: NDArray[np.int32]
    number: Some

    @classmethod
    def of(cls, changes: tuple[Changes, ...], rules: Rulebook) -> Changed:
        """Sort the changes of draws by path.

        Raises:
            UnknownName: no rulebook has such a path.
            EngineError: the value was spent in making facts.
            RulebookError: a value is not of its path's kind or bound; the message names a draw that has it.

        """
        paths = tuple(dict.fromkeys(path for one in changes for path in one))
        parameters = {path: parameter_at(path, rules.award_keys) for path in paths}
        for path, parameter in parameters.items():
            if path.startswith("added.") and path not in rules:
                raise EngineError(f"{path}: a draw cannot add an indicator; prepare a rulebook that has it")
            if parameter.needs_histories:
                raise EngineError(f"{path} was spent in making facts: changing it needs histories")
        position = {path: number for number, path in enumerate(paths)}
        values: list[list[object]] = [[None] for _ in paths]
        known: list[dict[Hashable, int]] = [{} for _ in paths]
        # The same few objects come over and over: they are told by identity, and held so that none is reused.
        seen: list[dict[int, tuple[int, object]]] = [{} for _ in paths]
        codes = np.zeros((len(changes), len(paths)), dtype=np.int32)
        for draw, one in enumerate(changes):
            for path, value in one.items():
                column = position[path]
                if id(value) in seen[column]:
                    codes[draw, column] = seen[column][id(value)][0]
                    continue
                code = known[column].setdefault(repr(value), len(values[column]))
                if code == len(values[column]):
                    _check(path, value, parameters[path], draw)
                    values[column].append(value)
                codes[draw, column] = code
                seen[column][id(value)] = code, value
        return cls(rules, paths, tuple(map(tuple, values)), codes, np.arange(len(changes)))

    def some(self, draws: Some) -> Changed:
        """Return the changes of some draws."""
        return replace(self, codes=self.codes[draws], number=self.number[draws])

    def touch(self, belongs: Callable[[str], bool]) -> bool:
        """Say whether any draw changes a path that belongs."""
        return any(belongs(path) and self.codes[:, column].any() for column, path in enumerate(self.paths))

    def variants(self, belongs: Callable[[str], bool]) -> Variants:
        """Return the different rulebooks of the draws as to the paths that belong.

        Raises:
            RulebookError: values do not go together; the message names a draw that has them.

        """
        columns = [column for column, path in enumerate(self.paths) if belongs(path)]
        own = self.codes[:, columns]
        different, first, of_draw = np.unique(own, axis=0, return_index=True, return_inverse=True)
        rules = [
            self._rules(dict(zip(columns, codes, strict=True)), int(self.number[draw]))
            for codes, draw in zip(different.tolist(), first, strict=True)
        ]
        return Variants(tuple(rules), of_draw.reshape(-1))

    def _rules(self, codes: dict[int, int], draw: int) -> Rulebook:
        changes = {self.paths[column]: self.values[column][code] for column, code in codes.items() if code}
        if not changes:
            return self.rules
        try:
            return self.rules.changed(changes)
        except JifenError as error:
            raise type(error)(f"draw {draw}: {error}") from None


def _check(path: str, value: object, parameter: Parameter, draw: int) -> None:
    try:
        if value is not None:
            parse_value(value, parameter)
        elif path.startswith("added."):
            raise EngineError("a draw cannot take a value of an added indicator away")
    except JifenError as error:
        raise type(error)(f"draw {draw}: {path}: {error}") from None
