"""`Label: value` lines of descriptions: offered, and taken as columns where the settings say so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd

from dualtrack.config import ExportSettings, Settings
from dualtrack.exports import Export, read_export
from dualtrack.exports.label_lines import offer_label_lines

TEXT = (
    "ID,Title,Sponsor,Description\n"
    '1,Hub,Eva,"Sponsor: Bo\n**Expected budget:** 1200\nSee https://example.org: the plan"\n'
    '2,Press,,"Short text\nSponsor: Cy\nExpected budget: 300"\n'
    '3,Line,,"Once: only here"\n'
    "4,Wide,,Plain,surplus\n"
)


def read(tmp_path: Path, *, take: bool) -> Export:
    path = tmp_path / "list.csv"
    path.write_text(TEXT, encoding="utf-8")
    stated = (ExportSettings(match="*.csv", label_lines=take),)
    settings = Settings(root=tmp_path, export=stated)
    return read_export(path, settings, until=dt.date(2026, 9, 30))[0]


def test_labels_on_two_rows_and_more_are_offered_with_the_field_they_fit(tmp_path: Path) -> None:
    offered = offer_label_lines(read(tmp_path, take=False)).set_index("label")
    assert set(offered.index) == {"Sponsor", "Expected budget"}
    assert offered.loc["Sponsor", ["row_count", "example", "field"]].tolist() == [
        2,
        "Bo",
        "sponsor",
    ]


def test_they_become_columns_only_where_stated_and_a_filled_cell_stands(tmp_path: Path) -> None:
    assert "budget_cost" not in read(tmp_path, take=False).frame
    frame = read(tmp_path, take=True).frame
    assert frame["sponsor"].tolist() == ["Eva", "Cy", None]
    assert frame["budget_cost"].tolist() == ["1200", "300", None]


def test_ragged_rows_stay_set_aside(tmp_path: Path) -> None:
    export = read(tmp_path, take=True)
    assert export.set_aside["reason"].str.startswith("ragged").sum() == 1
    assert export.row_count == 4


def test_a_list_without_descriptions_offers_nothing(tmp_path: Path) -> None:
    path = tmp_path / "bare.csv"
    path.write_text("ID,Title,Owner\n1,A,x\n", encoding="utf-8")
    export = read_export(path, Settings(root=tmp_path), until=dt.date(2026, 9, 30))[0]
    offered = offer_label_lines(export)
    assert offered.empty
    assert isinstance(offered, pd.DataFrame)
