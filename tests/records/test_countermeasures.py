"""Countermeasures as people write them: dates of any kind, gaps said, none is none."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dualtrack.errors import RecordError
from dualtrack.records import read_countermeasures

HEAD = "metric_id,project_id,month,countermeasure,owner,due_date\n"


def test_a_missing_file_holds_none(tmp_path: Path) -> None:
    assert read_countermeasures(tmp_path / "countermeasures.csv").empty


def test_rows_are_read_with_their_dates_and_gaps(tmp_path: Path) -> None:
    file = tmp_path / "countermeasures.csv"
    file.write_text(
        HEAD
        + "Market share,,2026-08-17,Price list,Ann,2026-11-01\nMarket share,,,Second,,\n,,,x,,\n",
        encoding="utf-8-sig",
    )
    found = read_countermeasures(file)
    assert found["month"].tolist()[0] == pd.Timestamp("2026-08-01")
    assert found["due_date"].tolist()[0] == pd.Timestamp("2026-11-01")
    assert len(found) == 2 and pd.isna(found["owner"].iloc[1])


def test_only_metric_and_countermeasure_are_needed(tmp_path: Path) -> None:
    file = tmp_path / "countermeasures.csv"
    file.write_text("metric_id,countermeasure\nMarket share,Price list\n", encoding="utf-8")
    assert read_countermeasures(file)["countermeasure"].tolist() == ["Price list"]
    file.write_text("metric,what\nMarket share,Price list\n", encoding="utf-8")
    with pytest.raises(RecordError, match="no column"):
        read_countermeasures(file)


def test_a_date_that_is_none_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "countermeasures.csv"
    file.write_text(HEAD + "Market share,,,Price list,Ann,soon\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"line \[2\]: due_date is no date"):
        read_countermeasures(file)
