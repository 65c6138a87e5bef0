"""Words of the law for values that are more than one number: ladders, and whole indicators that are added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, cast

from scoring.rulebook.rulebook import Language, Rulebook
from scoring.rulebook.values import Step, Tier


def number(plain: Decimal) -> str:
    """Return points without needless zeros.

    >>> number(Decimal("3.00")), number(Decimal("-0.50"))
    ('3', '-0.5')
    """
    return f"{plain:f}".rstrip("0").rstrip(".") if plain != 0 else "0"


def steps(path: str, plain: Iterable[Any], rules: Rulebook, language: Language) -> str:
    """Return a ladder in words; that of age in the law's own."""
    ladder = tuple(cast("Step", one) for one in plain)
    if path == "age.ladder" and language == "zh":
        return age_sentence(ladder)
    unit = _unit(path, rules, language)
    if language == "zh":
        gains = (_gain(step.points) if step.points else "不加分" for step in ladder)
        return "；".join(
            f"{_span_zh(step, unit)}的，{gain}" for step, gain in zip(ladder, gains, strict=True)
        )
    return "; ".join(f"{_span_en(step, unit)}: {number(step.points)}" for step in ladder)


def tiers(plain: Iterable[Tier], language: Language) -> str:
    """Return points by category in words."""
    if language == "en":
        return "; ".join(f"{one.level}: {number(one.points)}" for one in plain)
    return "；".join(f"{one.level}的，{_gain(one.points) if one.points else '不加分'}" for one in plain)


def age_sentence(ladder: tuple[Step, ...]) -> str:
    """Return Art. 15(7)'s sentence for a ladder of points by age."""
    parts = [f"{_span_zh(step, '周岁')}的，{_gain(step.points)}" for step in ladder if step.points]
    rest = [f"{_span_zh(step, '周岁')}不加分" for step in ladder if not step.points]
    return f"申请人年龄{'；'.join(parts)}。" + "".join(f"{one}。" for one in rest)


def indicator_sentence(name: str, rules: Rulebook, language: Language) -> str:
    """Return an added indicator as an article would say it."""
    return "".join(_sentence_zh(name, rules)) if language == "zh" else "".join(_sentence_en(name, rules))


def _sentence_zh(name: str, rules: Rulebook) -> Iterator[str]:
    path = f"added.{name}"
    yield f"{rules.text(f'{path}.title')}。"
    if f"{path}.points_each" in rules:
        each = cast("Decimal", rules[f"{path}.points_each"])
        unit = _unit(path, rules, "zh")
        part = rules.get(f"{path}.hundredths") is True
        yield f"每{'' if part else '满'}1{unit}{_gain(each, '积')}" if unit else f"符合的{_gain(each, '积')}"
        yield f"，不足1{unit}的按比例计算" if part and unit else ""
    elif f"{path}.points" in rules:
        yield tiers(rules.tiers(f"{path}.points"), "zh")
    else:
        yield steps(path, rules.ladder(f"{path}.ladder"), rules, "zh")
    yield from (f"，最高积{number(one)}分" for one in _most(path, rules))
    yield "。"


def _sentence_en(name: str, rules: Rulebook) -> Iterator[str]:
    path = f"added.{name}"
    yield f"{rules.text(f'{path}.title_en')}: "
    if f"{path}.points_each" in rules:
        unit = _unit(path, rules, "en")
        yield f"{number(cast('Decimal', rules[f'{path}.points_each']))} points"
        yield f" for each {unit}" if unit else " for whoever has it"
        yield ", parts of one in proportion" if unit and rules.get(f"{path}.hundredths") is True else ""
    elif f"{path}.points" in rules:
        yield tiers(rules.tiers(f"{path}.points"), "en")
    else:
        yield steps(path, rules.ladder(f"{path}.ladder"), rules, "en")
    yield from (f", at most {number(one)}" for one in _most(path, rules))
    yield "."


def _most(path: str, rules: Rulebook) -> Iterator[Decimal]:
    if f"{path}.max_points" in rules:
        yield cast("Decimal", rules[f"{path}.max_points"])


def _unit(path: str, rules: Rulebook, language: Language) -> str:
    if path == "age.ladder":
        return "周岁" if language == "zh" else "year"
    own = f"{path.removesuffix('.ladder')}.{'unit' if language == 'zh' else 'unit_en'}"
    return rules.text(own) if own in rules else ""


def _span_zh(step: Step, unit: str) -> str:
    if step.over is None and step.up_to is None:
        return "符合条件"
    over = "" if step.over is None else f"{step.over}{unit}以上"
    return over + ("" if step.up_to is None else f"不超过{step.up_to}{unit}")


def _span_en(step: Step, unit: str) -> str:
    over = "" if step.over is None else f"over {step.over}"
    up_to = "" if step.up_to is None else f"up to {step.up_to}"
    last = step.over if step.up_to is None else step.up_to
    several = f"{unit}s" if unit and last != 1 else unit
    return " ".join(one for one in (over, up_to, several) if one) if over or up_to else "everyone"


def _gain(points: Decimal, verb: str = "加") -> str:
    return f"减{number(-points)}分" if points < 0 else f"{verb}{number(points)}分"
