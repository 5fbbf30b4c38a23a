"""Files that settings name: every fault at once, with line and key, whatever is in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualtrack.errors import ExportError, SortingError
from dualtrack.exports.column_map import read_column_map
from dualtrack.sorting import read_criteria

MAP = """tool = "mine"
titel = "My list"
[rows]
hierarchy = "tree"
[[rows.skip]]
field = "title"
pattern = "("
reason = "odd"
[[column]]
headings = ["Name"]
[[column]]
field = "title"
patterns = ["[", "ok"]
"""
CRITERIA = """[model]
thin_below = -1.0
temperature = 0
[[criterion]]
criterion_id = "a"
track = "kaizen"
says = "it says"
weight = "much"
phrases = []
"""


def test_a_column_map_tells_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MAP, encoding="utf-8")
    with pytest.raises(ExportError) as fault:
        read_column_map(path)
    for words in (
        "line 2: unknown key 'titel', did you mean 'title'?",
        "key 'title' is missing",
        "line 4: key 'rows.hierarchy' holds 'tree'",
        "line 7: key 'rows.skip.0.pattern' holds '('",
        "line 9: key 'column.0.field' is missing",
        "line 13: key 'column.1.patterns.0' holds '['",
    ):
        assert words in str(fault.value), (words, str(fault.value))


def test_criteria_tell_every_fault(tmp_path: Path) -> None:
    path = tmp_path / "criteria.toml"
    path.write_text(CRITERIA, encoding="utf-8")
    with pytest.raises(SortingError) as fault:
        read_criteria(path)
    for words in (
        "line 1: key 'model.prior' is missing",
        "line 2: key 'model.thin_below' holds -1.0",
        "line 3: key 'model.temperature' holds 0",
        "line 6: key 'criterion.0.track' holds 'kaizen'",
        "line 4: key 'criterion.0.source' is missing",
        "line 8: key 'criterion.0.weight' holds 'much'",
        "line 9: key 'criterion.0.phrases'",
    ):
        assert words in str(fault.value), (words, str(fault.value))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[", b"x = " + b"[" * 50_000, b"column = 3"])
def test_what_is_no_such_file_is_an_error_of_ours(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.toml"
    path.write_bytes(content)
    with pytest.raises(ExportError, match=r"any\.toml"):
        read_column_map(path)
    with pytest.raises(SortingError, match=r"any\.toml"):
        read_criteria(path)
