"""The redline as text: for a terminal, as Markdown, and as a page that opens and prints anywhere."""

from __future__ import annotations

from html import escape

from scoring.explain.words import article
from scoring.reform.marking import Kind, Marked
from scoring.reform.redline import Amendment, numbered, redline
from scoring.reform.reform import Reform
from scoring.rulebook import Language

_WORDS = {
    "zh": {
        "heading": "《{title}》修改建议稿",
        "name": "方案",
        "reason": "理由",
        "source": "出处",
        "baseline": "现行规则",
        "clauses": "修改条文",
        "table": "修改对照表",
        "place": "条款",
        "what": "事项",
        "before": "现行规定",
        "after": "拟修改为",
        "was": "现行",
        "will": "拟改",
        "none": "本方案没有改动。",
        "sentences": "所引条文原句出自{titles}。",
        "stop": "：",
    },
    "en": {
        "heading": "Proposed amendments to the {title}",
        "name": "Reform",
        "reason": "Reason",
        "source": "Source",
        "baseline": "Rules in force",
        "clauses": "Amendments",
        "table": "Before and after",
        "place": "Article",
        "what": "Matter",
        "before": "In force",
        "after": "Proposed",
        "was": "before",
        "will": "after",
        "none": "This reform changes nothing.",
        "sentences": "The sentences quoted are those of {titles}.",
        "stop": ": ",
    },
}
_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.75 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif;
  max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; text-align: center; line-height: 1.4; }
h2 { font-size: 1.15rem; margin-top: 2rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; }
dt { opacity: .75; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #8888; padding: .5rem .6rem; text-align: left; vertical-align: top; }
thead th { background: #8882; } tbody th { font-weight: normal; width: 9rem; }
del { color: #b3261e; } ins { color: #00658f; font-weight: bold; }
@media (prefers-color-scheme: dark) { del { color: #ffb4ab; } ins { color: #8ecff2; } }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
"""
_MARKS: dict[Kind, tuple[str, str]] = {"same": ("", ""), "old": ("~~", "~~"), "new": ("**", "**")}
_TAGS: dict[Kind, tuple[str, str]] = {
    "same": ("", ""),
    "old": ("<del>", "</del>"),
    "new": ("<ins>", "</ins>"),
}


def as_text(reform: Reform, language: Language = "zh") -> str:
    """Return the redline as lines of plain text; what changes stands in 【】."""
    words, amendments = _WORDS[language], redline(reform, language)
    lines = [
        _heading(reform, language),
        *(f"{name}{words['stop']}{text}" for name, text in _head(reform, language)),
    ]
    if not amendments:
        return "\n".join([*lines, "", words["none"]])
    lines += ["", words["clauses"], "", *numbered(amendments, language), "", words["table"]]
    for one in amendments:
        place = article(one.article, language)
        lines += ["", f"{place}　{one.what}" if language == "zh" else f"{place}, {one.what}"]
        if one.pieces:
            lines += [f"  {words['was']}{words['stop']}{_bracketed(one.pieces, 'old')}"]
            lines += [f"  {words['will']}{words['stop']}{_bracketed(one.pieces, 'new')}"]
        else:
            lines += [
                f"  {words['was']}{words['stop']}{one.before}",
                f"  {words['will']}{words['stop']}{one.after}",
            ]
    lines += [line for note in _notes(reform, amendments, language) for line in ("", note)]
    return "\n".join(lines)


def as_markdown(reform: Reform, language: Language = "zh") -> str:
    """Return the redline as Markdown, old values struck and new ones bold."""
    words, amendments = _WORDS[language], redline(reform, language)
    lines = [f"# {_plain(_heading(reform, language))}", ""]
    lines += [f"- {name}{words['stop']}{_plain(text)}" for name, text in _head(reform, language)]
    if not amendments:
        return "\n".join([*lines, "", words["none"], ""])
    lines += ["", f"## {words['clauses']}", ""]
    lines += [line for clause in numbered(amendments, language) for line in (_plain(clause), "")]
    lines += [
        f"## {words['table']}",
        "",
        f"| {words['place']} | {words['before']} | {words['after']} |",
        "|---|---|---|",
    ]
    for one in amendments:
        place = f"{article(one.article, language)}<br>{_plain(one.what)}"
        lines.append(f"| {place} | {_cell(one, 'old')} | {_cell(one, 'new')} |")
    lines += [line for note in _notes(reform, amendments, language) for line in ("", _plain(note))]
    return "\n".join([*lines, ""])


def as_html(reform: Reform, language: Language = "zh") -> str:
    """Return the redline as a page of its own, which asks nothing of a network."""
    words, amendments = _WORDS[language], redline(reform, language)
    heading = escape(_heading(reform, language))
    head = "".join(f"<dt>{name}</dt><dd>{escape(text)}</dd>" for name, text in _head(reform, language))
    body = f"<p>{words['none']}</p>"
    if amendments:
        clauses = "".join(f"<p>{escape(clause)}</p>" for clause in numbered(amendments, language))
        rows = "".join(_row(one, language) for one in amendments)
        columns = "".join(f'<th scope="col">{words[name]}</th>' for name in ("place", "before", "after"))
        notes = "".join(f"<p>{escape(note)}</p>" for note in _notes(reform, amendments, language))
        body = (
            f"<h2>{words['clauses']}</h2>{clauses}<h2>{words['table']}</h2>"
            f"<table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table>{notes}"
        )
    name = "zh-CN" if language == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{name}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{heading}</title>'
        f"<style>{_STYLE}</style></head>"
        f"<body><main><h1>{heading}</h1><dl>{head}</dl>{body}</main></body></html>\n"
    )


def _heading(reform: Reform, language: Language) -> str:
    return _WORDS[language]["heading"].format(title=reform.baseline.title(language))


def _head(reform: Reform, language: Language) -> list[tuple[str, str]]:
    words, base = _WORDS[language], reform.baseline
    title, reason, source = reform.words(language)
    pinned = f"{base.name}（{base.digest[:12]}）" if language == "zh" else f"{base.name} ({base.digest[:12]})"
    told = {"name": title, "reason": reason, "source": source, "baseline": pinned}
    return [(words[key], text) for key, text in told.items()]


def _notes(reform: Reform, amendments: tuple[Amendment, ...], language: Language) -> list[str]:
    """Say where the quoted sentences stand: of some rules only a draft is held."""
    sources = reform.baseline.sources
    keys = dict.fromkeys(one.source for one in amendments if one.source in sources)
    if not keys:
        return []
    zh = language == "zh"
    titles = [f"《{sources[key].title}》" if zh else sources[key].title_en for key in keys]
    return [_WORDS[language]["sentences"].format(titles=("、" if zh else ", ").join(titles))]


def _bracketed(pieces: Marked, kind: Kind) -> str:
    return "".join(
        f"【{piece.text}】" if piece.kind == kind else piece.text
        for piece in pieces
        if piece.kind in ("same", kind)
    )


def _plain(text: str) -> str:
    """Keep Markdown from reading marks into a text, as tables and emphasis would."""
    for mark in "\\`*_|<>[]~":
        text = text.replace(mark, f"\\{mark}")
    return text


def _cell(one: Amendment, kind: Kind) -> str:
    if not one.pieces:
        text = _plain(one.before if kind == "old" else one.after)
        first, last = _MARKS[kind]
        return text if text == "—" else f"{first}{text}{last}"
    runs = (piece for piece in one.pieces if piece.kind in ("same", kind))
    return "".join(f"{_MARKS[piece.kind][0]}{_plain(piece.text)}{_MARKS[piece.kind][1]}" for piece in runs)


def _row(one: Amendment, language: Language) -> str:
    cells = "".join(f"<td>{_marked(one, kind)}</td>" for kind in ("old", "new"))
    place = f"{escape(article(one.article, language))}<br>{escape(one.what)}"
    return f'<tr><th scope="row">{place}</th>{cells}</tr>'


def _marked(one: Amendment, kind: Kind) -> str:
    if not one.pieces:
        text = escape(one.before if kind == "old" else one.after)
        return text if text == "—" else f"{_TAGS[kind][0]}{text}{_TAGS[kind][1]}"
    runs = (piece for piece in one.pieces if piece.kind in ("same", kind))
    return "".join(f"{_TAGS[piece.kind][0]}{escape(piece.text)}{_TAGS[piece.kind][1]}" for piece in runs)
