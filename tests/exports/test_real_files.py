"""Every real export of ../shared/exports: its tool, its records, cells looked up by hand.

The cases are facts about the files, in real_files.toml. INDEX.tsv counts otherwise in three
places: it counts tasks that are blank lines of a plan (IsNull), rows of a sheet that are headings,
titles or sums, and a second heading row of a file that holds headings only.
"""

from __future__ import annotations

import csv
import datetime as dt
import importlib.util
import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from dualtrack.cli import app
from dualtrack.config import ExportSettings, MoneySettings, Settings
from dualtrack.exports import Export, read_export
from dualtrack.exports.formats import read_sheets
from dualtrack.portfolio import Portfolio
from dualtrack.records import build_portfolio

UNTIL = dt.date(2026, 9, 30)
CASES = tomllib.loads(Path(__file__).with_name("real_files.toml").read_text(encoding="utf-8"))[
    "file"
]
NEEDS = {"mpxj": ("mpxj", "jpype")}

Case = dict[str, Any]


def with_key(*keys: str) -> pytest.MarkDecorator:
    """The cases that state one of these keys."""
    found = [case for case in CASES if set(keys) & set(case)]
    return pytest.mark.parametrize("case", found, ids=[case["path"] for case in found])


def find(shared: Path, case: Case) -> Path:
    """The file of a case; skips where what its format needs is not installed."""
    needed = NEEDS.get(case.get("needs", ""), ())
    if not all(importlib.util.find_spec(name) for name in needed):
        pytest.skip(f"the extra dualtrack[{case['needs']}] is not installed")
    return shared / "exports" / case["path"]


@cache
def read(path: Path, day_first: bool | None, rates: str) -> tuple[list[Export], Settings]:
    stated = (ExportSettings(match=path.name, day_first=day_first),)
    settings = Settings(export=stated, money=MoneySettings(rates=json.loads(rates)))
    return read_export(path, settings, until=UNTIL), settings


def read_case(shared: Path, case: Case) -> tuple[list[Export], Settings]:
    return read(find(shared, case), case.get("day_first"), json.dumps(case.get("rates", {})))


def build(shared: Path, case: Case) -> Portfolio:
    exports, settings = read_case(shared, case)
    return build_portfolio(exports, settings, as_of_date=pd.Timestamp(UNTIL))


def test_every_file_of_the_index_has_its_case_and_its_count(shared: Path) -> None:
    with (shared / "exports/INDEX.tsv").open(encoding="utf-8", newline="") as index:
        rows = {row["file"]: row["rows"] for row in csv.DictReader(index, delimiter="\t")}
    assert sorted(case["path"] for case in CASES) == sorted(rows)
    counts = {name: re.match(r"\d+", text) for name, text in rows.items()}
    for case in CASES:
        counted = counts[case["path"]]
        is_same = counted is None or int(counted[0]) == case["records"]
        assert is_same != ("differs" in case), case["path"]


@with_key("tool")
def test_check_says_the_tool_the_records_and_what_became_of_each_row(
    shared: Path, tmp_path: Path, case: Case
) -> None:
    path = find(shared, case)
    stated = "".join(f"{code} = {rate}\n" for code, rate in case.get("rates", {}).items())
    (tmp_path / "portfolio.toml").write_text(f"[money.rates]\n{stated}", encoding="utf-8")
    arguments = ["check", "--json", "--settings", str(tmp_path / "portfolio.toml"), str(path)]
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    files = json.loads(result.stdout)["files"]
    assert {one["tool"] for one in files} == {case["tool"]}
    assert sum(one["records"] for one in files) == case["records"]
    fates = {"project": "projects", "rolled_up": "rolled_up", "set_aside": "set_aside"}
    found = {fate: sum(one[key] for one in files) for fate, key in fates.items()}
    assert found == dict.fromkeys(fates, 0) | case["outcomes"]
    assert sum(one["rows"] for one in files) == sum(found.values())
    issues = {issue["rule"] for one in files for issue in one["issues"]}
    assert set(case.get("issues", [])) <= issues
    columns = {(one["heading"].strip(), one["field"]) for one in files[0]["columns"]}
    assert {(heading, field) for heading, field in case.get("fields", [])} <= columns


@with_key("cells", "headings")
def test_cells_are_those_of_the_file(shared: Path, case: Case) -> None:
    export = read_case(shared, case)[0][0]
    frame = export.frame.set_index("source_row")
    for row, field, value in case["cells"]:
        cell = frame.loc[row, field] if field in frame else None
        assert ("" if cell is None else cell) == value, (row, field)
    path = find(shared, case)
    sheet = read_sheets(path, path.read_bytes(), until=UNTIL)[0]
    for row, heading, value in case.get("headings", []):
        cells = sheet.rows[sheet.row_numbers.index(row)]
        assert cells[export.headings.index(heading)] == value, (row, heading)


@with_key("cleaned", "statuses")
def test_cleaned_values_are_those_worked_out_by_hand(shared: Path, case: Case) -> None:
    projects = build(shared, case).projects.set_index("project_id")
    for project_id, column, value in case["cleaned"]:
        cell = projects.loc[project_id, column]
        cell = cell.date() if isinstance(cell, pd.Timestamp) else cell
        assert cell == (value.strip() if isinstance(value, str) else value), (project_id, column)
    if "statuses" in case:
        assert projects["status_type"].value_counts().to_dict() == case["statuses"]


def test_a_case_checks_three_cells_and_more_than_one_row() -> None:
    for case in CASES:
        cells = [*case.get("cells", []), *case.get("headings", []), *case.get("fields", [])]
        assert len(cells) >= 3, case["path"]
        rows = {cell[0] for cell in cells}
        assert len(rows) > 1 or case["records"] < 2, case["path"]


def test_an_order_of_day_and_month_that_nothing_shows_is_told(shared: Path) -> None:
    """The same plan without the order stated: every day in it is 12 or less."""
    case = next(case for case in CASES if case["path"].endswith("plannr_test_plan.csv"))
    issues = build(shared, {**case, "day_first": None}).issues
    assert "date order not sure" in set(issues["rule_name"])


def test_percent_complete_is_the_same_in_xer_and_pmxml(shared: Path) -> None:
    """Each activity is named after what P6 shows for it: `Units 75%`."""
    for name in ("percent-complete-8.4.xer", "percent-complete-8.4.pmxml"):
        case = next(case for case in CASES if case["path"] == f"p6/{name}")
        frame = read_case(shared, case)[0][0].frame.iloc[1:]
        named = [float(title.split()[-1].rstrip("%")) for title in frame["title"]]
        assert frame["progress_pct"].tolist() == named


def test_items_of_a_board_keep_their_groups(shared: Path) -> None:
    case = next(case for case in CASES if case["tool"] == "monday")
    board, *others = read_case(shared, case)[0]
    assert board.frame["team_name"].nunique() == 14
    assert [len(other.frame) for other in others] == [0, 0]
    assert board.frame["is_project"].sum() == 63
