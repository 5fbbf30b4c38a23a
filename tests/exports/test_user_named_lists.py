"""Lists whose headings are all the user's own: told by their cells, ranges of dates parted."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

from dualtrack import read_portfolio
from dualtrack.config import Settings
from dualtrack.exports import read_export

NOTION = (
    "\ufeffName,Status,Lead,Timeline,Budget,Goal\n"
    '"Open the Riga hub",In progress,Ana Diaz,"January 5, 2026 → March 30, 2026",12000,'
    '"Grow north (https://www.notion.so/Grow-north-1a2b3c4d)"\n'
    '"Cut picking errors",Not started,,"February 1, 2026",,\n'
)
AIRTABLE = (
    "Name,Owner,Status,Files\n"
    "Open hub in Riga,Ana,Todo,plan.pdf (https://v5.airtableusercontent.com/v3/u/1/plan)\n"
)


def read(folder: Path, text: str):  # type: ignore[no-untyped-def]
    path = folder / "list.csv"
    path.write_text(text, encoding="utf-8")
    (export,) = read_export(path, Settings(), until=dt.date(2026, 9, 30))
    return export


@pytest.mark.parametrize(("text", "tool"), [(NOTION, "notion"), (AIRTABLE, "airtable")])
def test_cells_tell_the_tool(tmp_path: Path, text: str, tool: str) -> None:
    export = read(tmp_path, text)
    assert export.column_map.tool == tool
    assert "a cell such as" in export.recognized_by


def test_a_list_without_such_cells_stays_generic(tmp_path: Path) -> None:
    assert read(tmp_path, "Name,Owner,Status\nHub in Riga,Ana,Todo\n").column_map.tool == "generic"


def test_ranges_become_start_and_finish_and_a_single_day_is_the_finish(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(NOTION, encoding="utf-8")
    projects = read_portfolio(
        tmp_path, Settings(), as_of_date=pd.Timestamp("2026-09-30")
    ).projects.set_index("title")
    hub, errors = projects.loc["Open the Riga hub"], projects.loc["Cut picking errors"]
    assert hub["start_date"] == pd.Timestamp("2026-01-05")
    assert hub["forecast_finish_date"] == pd.Timestamp("2026-03-30")
    assert pd.isna(errors["start_date"])
    assert errors["forecast_finish_date"] == pd.Timestamp("2026-02-01")


def test_a_range_does_not_stand_above_columns_of_its_own(tmp_path: Path) -> None:
    text = "Name,Owner,Start date,End date,Note\nHub,Ana,2026-01-01,2026-02-01,Week 1 → week 9\n"
    export = read(tmp_path, text)
    assert export.headings == ("Name", "Owner", "Start date", "End date", "Note")
    assert export.frame["start_date"].tolist() == ["2026-01-01"]
