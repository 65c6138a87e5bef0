"""The register of sources says what each source is and whether its text is held."""

import tomllib
from pathlib import Path
from typing import Any

RULES = Path(__file__).parents[3] / "scoring" / "rules"
QUALITIES = {"text", "data", "secondary", "reading"}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((RULES / name).read_text(encoding="utf-8"))


def test_every_source_is_described() -> None:
    """Each source has titles, quality and notes in both languages; only the draft's text is held."""
    sources = _toml("sources.toml")
    assert [key for key, source in sources.items() if source["held"]] == ["draft-2020"]
    for key, source in sources.items():
        assert {"title", "title_en", "held", "quality", "note", "note_en"} <= source.keys(), key
        assert source["quality"] in QUALITIES, key
    assert {_toml(f"annex-{number}.toml")["source"] for number in (3, 4)} <= sources.keys()
    assert {key: source["document"] for key, source in sources.items() if "document" in source} == {
        "measures-2016": "京政办发〔2016〕39号",
        "trial-rules-2018": "京人社调发〔2018〕64号",
        "measures-2020": "京政办发〔2020〕9号",
        "rules-2020": "京人社开发发〔2020〕8号",
    }
