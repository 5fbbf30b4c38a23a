"""What tests of readers share: a file written as it is, a raw sheet given its records."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from dualtrack.exports.column_map import read_column_maps
from dualtrack.exports.export import RawSheet
from dualtrack.exports.recognize import recognize
from dualtrack.exports.reshape import reshape_rows


def write(tmp_path: Path, value: object, name: str = "list.json") -> Path:
    path = tmp_path / name
    if isinstance(value, bytes):
        path.write_bytes(value)
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        path.write_text(text, encoding="utf-8")
    return path


def reshape(sheet: RawSheet) -> tuple[str, pd.DataFrame, pd.DataFrame]:
    found = recognize(sheet, read_column_maps())
    assert found is not None
    frame, aside = reshape_rows(sheet, found.column_map, found.heading_position)
    heading = found.heading_position + 1
    above = 0 if sheet.has_own_heading else heading - 1
    rows = len(sheet.rows) - heading + above + len(sheet.set_aside)
    assert len(frame) + len(aside) == rows
    return found.column_map.tool, frame, aside
