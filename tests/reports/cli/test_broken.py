"""A broken export never leaves a traceback, a result, or half of one."""

import json
from pathlib import Path

import pytest

from tests.reports.cli.command import jifen
from tests.scoring.cohort.broken.exports import EXPORTS, put, round_of, sentences_of

COMMANDS = {
    "score": ("--quota", 1, "--out", "out.parquet"),
    "facts": ("--out", "out.parquet"),
}
SMALL = [export for export in EXPORTS if "million" not in export]


@pytest.mark.parametrize("export", SMALL)
def test_check_says_the_sentences(export: str, tmp_path: Path) -> None:
    """Each as an error, one a line, and as JSON for programs; the status is 1."""
    cohort = put(export, tmp_path)
    said = jifen("check", cohort, "--round", round_of(export), "--lang", "zh")
    assert (said.status, said.err) == (1, "")
    assert said.lines("错误：") == [f"错误：{line}" for line in sentences_of(export, cohort, "zh")]
    document = json.loads(jifen("check", cohort, "--round", round_of(export), "--json").out)
    assert document["ok"] is False
    assert {one["rule"] for one in document["summary"]} == {one["rule"] for one in document["violations"]}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("export", SMALL)
def test_nothing_is_written(
    command: str, export: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most two lines, and what was there before stays as it was."""
    cohort = put(export, tmp_path)
    (tmp_path / "out.parquet").write_bytes(b"older")
    before = sorted(tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    said = jifen(command, cohort, "--round", round_of(export), *COMMANDS[command])
    assert (said.status, said.out) == (1, "")
    first, *others = sentences_of(export, cohort, "en")
    more = others if len(others) < 2 else ["More is wrong: `jifen check` lists everything."]
    assert said.err.splitlines() == [f"jifen: {first}", *more]
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "out.parquet").read_bytes() == b"older"
