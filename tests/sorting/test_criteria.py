"""Criteria read from a file of one's own are those of the package where the text is the same."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from importlib import resources
from pathlib import Path

import pytest

from dualtrack.errors import SortingError
from dualtrack.sorting import read_criteria

TEXT = (resources.files("dualtrack.reference") / "criteria.toml").read_text("utf-8")


def test_a_copy_of_the_packaged_file_gives_the_same_criteria(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(TEXT, encoding="utf-8-sig")
    own, packaged = read_criteria(path), read_criteria()
    for field in fields(packaged):
        if field.name != "phrases":
            assert getattr(own, field.name) == getattr(packaged, field.name), field.name
    stated = tomllib.loads(TEXT)
    assert [one.criterion_id for one in own.criteria] == [
        one["criterion_id"] for one in stated["criterion"]
    ]
    for name in ("prior", "thin_below", "temperature", "temperature_error", "column_weights"):
        assert getattr(own, name) == stated["model"][name], name
    text = "Enter a new market; reduce scrap; replace like for like; new regulation"
    assert own.phrases.find(text) == packaged.phrases.find(text) != {}


def test_what_is_wrong_with_a_file_of_criteria_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"

    def message(content: bytes) -> str:
        path.write_bytes(content)
        with pytest.raises(SortingError) as found:
            read_criteria(path)
        return str(found.value)

    first = TEXT.index("[[criterion]]")
    second = TEXT.index("[[criterion]]", first + 1)
    twice = TEXT[:second] + TEXT[first:second] + TEXT[second:]
    assert message(twice.encode()) == (f"{path}: a criterion_id stands twice. Give each its own.")
    assert message(b"[model").startswith(f"{path}: not usable criteria: ")
    assert message(b"[model").endswith(". Mend that line.")
    assert message(b"\xff\xfe\xff").endswith("Save it as UTF-8.")
    assert "model" in message(b"")
    with pytest.raises(SortingError, match="no such criteria file. Leave it blank for the packag"):
        read_criteria(tmp_path / "none.toml")
