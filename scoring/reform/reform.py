"""A reform: changed values of one rulebook, with who asks for them and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from scoring.cohort import Cohort
from scoring.reform.errors import ReformError
from scoring.rulebook import Language, Rulebook
from scoring.rulebook.change import parse_change
from scoring.rulebook.paths import parameter_at, section_of
from scoring.rulebook.values import Plain

UNSAID = "（未填写）"
"""What stands for a reason or a source that nobody gave."""

Changes = Mapping[str, Plain | None]


@dataclass(frozen=True)
class Reform:
    """Hold what one rulebook is to become: changed values by dotted path, None for one that is taken away.

    An added indicator is its values under ``added.NAME``, a removed one the mark ``NAME.removed``. The reform
    is pinned to its baseline: it applies to a rulebook of the same digest and to no other.

    Attributes:
        baseline: the rulebook that is reformed.
        changes: the values that differ from the baseline's, as the law holds them.
        title: what the reform is called, in Chinese; ``title_en`` in English, as for the two below.
        reason: why its author asks for it; every changed value cites it.
        source: where it comes from.

    """

    baseline: Rulebook = field(repr=False)
    changes: Changes
    title: str
    reason: str = UNSAID
    source: str = UNSAID
    title_en: str = ""
    reason_en: str = ""
    source_en: str = ""

    @classmethod
    def from_changes(
        cls, baseline: Rulebook, changes: Mapping[str, object], *, title: str, **words: str
    ) -> Reform:
        """Make a reform of changed values by dotted path; one that equals the baseline's is no change.

        Args:
            baseline: the rulebook to reform.
            changes: values as a rulebook's file holds them; None takes an optional one away.
            title: in Chinese.
            words: any of ``reason``, ``source``, ``title_en``, ``reason_en``, ``source_en``.

        Raises:
            UnknownName: the law has no such path; the message names the nearest.
            RulebookError: a value that the law cannot bear, or that cannot stand alone.
            ReformError: values contradict each other, or an added indicator looks at no number.

        """
        from scoring.reform.check import check_changes  # noqa: PLC0415  it reads reforms

        parsed = {path: parse_change(path, raw, baseline) for path, raw in changes.items()}
        kept = {path: plain for path, plain in parsed.items() if plain != baseline.get(path)}
        reform = cls(baseline, MappingProxyType(kept), title, **words)
        check_changes(reform)
        return reform

    @classmethod
    def from_toml(cls, text: str, *, where: str = "reform", among: Sequence[Rulebook] = ()) -> Reform:
        """Read a reform from TOML.

        Args:
            text: title, reason and source, the baseline with its digest, ``[change]``, ``[add.NAME]``,
                ``[remove]``; see ``jifen reform new``.
            where: what messages call the text.
            among: rulebooks that it may be pinned to; without any, the one that it names.

        Raises:
            JifenError: the text is no reform, or is pinned to another rulebook; the message says where.

        """
        from scoring.reform.read import from_toml  # noqa: PLC0415  it makes reforms

        return from_toml(text, where=where, among=among)

    @classmethod
    def load(cls, path: str | Path, *, among: Sequence[Rulebook] = ()) -> Reform:
        """Read a reform from a TOML file; see `from_toml`."""
        from scoring.reform.read import read_text  # noqa: PLC0415  it makes reforms

        return cls.from_toml(read_text(Path(path)), where=Path(path).name, among=among)

    @classmethod
    def between(cls, baseline: Rulebook, target: Rulebook, *, title: str, **words: str) -> Reform:
        """Return the reform that turns one rulebook into another.

        Raises:
            ReformError: they differ in what no path leads to, as the rows of an annex.

        """
        changes = {path: new for path, (_, new) in baseline.diff(target).items()}
        reform = cls.from_changes(baseline, changes, title=title, **words)
        if reform.rules.digest != target.digest:
            raise ReformError(
                f"{baseline.name} and {target.name} differ in the rows of an annex, which no reform can say"
            )
        return reform

    def __hash__(self) -> int:
        return hash((self.baseline.digest, self.rules.digest, self.title))

    def __bool__(self) -> bool:
        """Say whether the reform changes anything."""
        return bool(self.changes)

    @cached_property
    def rules(self) -> Rulebook:
        """The reformed rulebook; its changed values cite the reform's reason and source."""
        return self.baseline.changed(self.changes, name=self.name, reason=self.reason, source=self.source)

    @property
    def name(self) -> str:
        """What the reformed rulebook is called: the baseline's name and the reform's title."""
        return f"{self.baseline.name}+{self.title}"

    def apply(self, rules: Rulebook) -> Rulebook:
        """Return the reformed rulebook.

        Raises:
            ReformError: the rulebook is another than the reform is pinned to.

        """
        if rules.digest != self.baseline.digest:
            raise ReformError(
                f"the reform {self.title} is pinned to {self.baseline.name} with digest"
                f" {self.baseline.digest[:12]} and does not apply to {rules.name} with digest"
                f" {rules.digest[:12]}"
            )
        return self.rules

    @property
    def inverse(self) -> Reform:
        """The reform of the reformed rulebook that gives the baseline again."""
        back = {path: self.baseline.get(path) for path in self.changes}
        return Reform(
            self.rules,
            MappingProxyType(back),
            title=f"撤销“{self.title}”",
            reason=self.reason,
            source=self.source,
            title_en=f"Undo: {self.title_en or self.title}",
            reason_en=self.reason_en,
            source_en=self.source_en,
        )

    def then(self, other: Reform) -> Reform:
        """Return this reform and another as one; see `scoring.reform.stack`."""
        from scoring.reform.stack import then  # noqa: PLC0415  it makes reforms

        return then(self, other)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The changed paths by the indicator, or the section like eligibility, that they belong to."""
        sections = dict.fromkeys(section_of(path) for path in self.changes)
        return MappingProxyType(
            {one: tuple(path for path in self.changes if section_of(path) == one) for one in sections}
        )

    @cached_property
    def spent(self) -> frozenset[str]:
        """The parts with a value that is spent in making facts, so that only histories can answer it."""
        keys = self.baseline.award_keys
        paths = [path for path in self.changes if parameter_at(path, keys).needs_histories]
        return frozenset(section_of(path) for path in paths)

    def check_cohort(self, cohort: Cohort) -> None:
        """Refuse a cohort that cannot answer the reform.

        Raises:
            ReformError: points tell nothing of changed rules, nor facts of a date that was spent in making
                them; the message names the path.

        """
        from scoring.reform.check import check_cohort  # noqa: PLC0415  it reads reforms

        check_cohort(self, cohort)

    def words(self, language: Language) -> tuple[str, str, str]:
        """Return title, reason and source in one language; what is missing in English stands in Chinese."""
        if language == "zh":
            return self.title, self.reason, self.source
        return (
            self.title_en or self.title,
            self.reason_en or self.reason,
            self.source_en or self.source,
        )

    def to_toml(self) -> str:
        """Return the reform as the TOML that `from_toml` reads."""
        from scoring.reform.write import to_toml  # noqa: PLC0415  it reads reforms

        return to_toml(self)
