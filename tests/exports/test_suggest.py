"""Suggestions for unknown headings, and the map written from them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dualtrack.exports.column_map import ColumnMap
from dualtrack.exports.suggest import suggest_fields, write_suggested_map


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Initiative title", "title"),
        ("Finish date (planned)", "forecast_finish_date"),
        ("Project sponsor", "sponsor"),
        ("Approved budgets", "budget_cost"),
    ],
)
def test_like_headings_are_suggested_with_their_confidence(heading: str, field: str) -> None:
    found = suggest_fields([heading])
    assert found["field"].tolist() == [field]
    assert found["confidence"].between(72, 100).all()


def test_headings_like_nothing_are_not_suggested() -> None:
    assert suggest_fields(["Zxqv", ""]).empty


def test_a_suggested_map_is_a_usable_map(tmp_path: Path) -> None:
    text = write_suggested_map(['The "title"', "Budget total", "Odd\nheading"], tool="plant")
    column_map = ColumnMap(**tomllib.loads(text))
    assert column_map.tool == "plant"
    assert {column.field for column in column_map.column} >= {"title", "budget_cost"}
    assert "# not used: Odd heading" in text
