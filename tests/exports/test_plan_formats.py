"""Plans of Primavera, GanttProject and GNOME Planner, and Jira's XML view."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from dualtrack.config import Settings
from dualtrack.errors import ExportError
from dualtrack.exports import RawSheet, read_export
from dualtrack.exports.column_map import read_column_maps
from dualtrack.exports.ganttproject import is_ganttproject, read_ganttproject
from dualtrack.exports.gnome_planner import is_gnome_planner, read_gnome_planner
from dualtrack.exports.jira_rss import is_jira_rss, read_jira_rss
from dualtrack.exports.pmxml import is_pmxml, read_pmxml
from dualtrack.exports.recognize import recognize
from dualtrack.exports.reshape import reshape_rows
from dualtrack.exports.rollup import roll_up
from dualtrack.exports.xer import is_xer, read_xer
from dualtrack.records import build_portfolio
from tests.exports.small_files import GAN, PLANNER, PMXML, RSS, XER, table

Reader = Callable[[Path], list[RawSheet]]
READERS: list[tuple[Callable[[bytes], bool], Reader]] = [
    (is_xer, read_xer),
    (is_pmxml, read_pmxml),
    (is_ganttproject, read_ganttproject),
    (is_gnome_planner, read_gnome_planner),
    (is_jira_rss, read_jira_rss),
]
FILES = [XER, PMXML, GAN, PLANNER, RSS]


def read_with(reader: Reader, path: Path) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """Records and rows set aside of a file, and the tool that recognised it."""
    sheet = reader(path)[0]
    found = recognize(sheet, read_column_maps())
    assert found is not None
    assert sheet.has_own_heading
    assert sheet.row_numbers == list(range(len(sheet.rows)))
    records, aside = reshape_rows(sheet, found.column_map, found.heading_position)
    assert len(records) + len(aside) == len(sheet.rows) - 1
    return roll_up(records), aside, found.column_map.tool


def read_text(
    tmp_path: Path, text: str, reader: Reader, encoding: str = "utf-8"
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    path = tmp_path / "plan.any"
    path.write_bytes(text.encode(encoding))
    return read_with(reader, path)


@pytest.mark.parametrize("number", range(len(FILES)))
def test_each_format_is_told_from_its_start_and_from_no_other(number: int) -> None:
    told = [is_this(FILES[number].encode()[:8192]) for is_this, _ in READERS]
    assert told == [place == number for place in range(len(READERS))]


def test_xer_activities_roll_up_to_their_project(tmp_path: Path) -> None:
    records, aside, tool = read_text(tmp_path, XER, read_xer)
    assert tool == "p6-xer"
    assert records["title"].tolist() == [
        *("New hall", "Beams", "Tiles", "Paint", "Open"),
        *("Yard", "Fence", "Gate"),
    ]
    assert records["root_key"].tolist() == ["HALL"] * 5 + ["YARD"] * 3
    assert records["is_project"].tolist() == [True, *[False] * 4, True, False, False]
    assert records.loc[0, "owner"] == "Works"
    assert set(aside["reason"]) == {"row of a baseline plan"}
    assert len(aside) == 2


def test_xer_percent_complete_follows_its_three_kinds(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, XER, read_xer)
    progress = dict(zip(records["title"], records["progress_pct"], strict=True))
    assert progress["Beams"] == 40  # physical, as typed in
    assert progress["Tiles"] == 75  # duration: 1 - 20 / 80
    assert progress["Paint"] == 25  # units: 25 of 100 hours; the material does not count
    assert progress["Gate"] == 25  # units without assignments: 10 of 40 hours
    assert progress["Fence"] == 100  # complete, whatever the rest says
    assert progress["Open"] == 0


def test_xer_costs_are_summed_over_assignments_and_over_the_project(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, XER, read_xer)
    paint = records[records["title"] == "Paint"].iloc[0]
    assert (paint["budget_cost"], paint["actual_cost"]) == (1100.5, 350)
    assert paint["forecast_cost"] == 1100
    assert paint["owner"] == "Ada"
    assert records.loc[0, "budget_cost"] == 1100.5
    assert records.loc[0, "currency"] == "EUR"
    assert records.loc[5, "budget_cost"] is None  # no activity of the yard has a cost


def test_xer_null_dates_baselines_milestones_and_repeated_codes(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, XER, read_xer)
    assert records.loc[0, "forecast_finish_date"] == "2026-05-01 17:00"  # the last activity
    assert records.loc[1, "baseline_finish_date"] == "2026-01-20 17:00"
    assert records.loc[4, "is_milestone"] == "1"
    assert records["item_key"].is_unique
    assert records.loc[1, "item_key"] == "HALL.A1"
    assert records.loc[2, "item_key"] == "A2"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_xer_is_read_in_the_encoding_it_proves(tmp_path: Path, encoding: str) -> None:
    text = XER.replace("New hall", "Größe £")
    records, _, _ = read_text(tmp_path, text, read_xer, encoding)
    assert records.loc[0, "title"] == "Größe £"


def test_a_plan_without_any_finish_is_cleaned_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "plan.xer"
    path.write_text(XER.replace("target_end_date", "other_date"), encoding="utf-8")
    exports = read_export(path, Settings(root=tmp_path), until=dt.date(2026, 9, 30))
    portfolio = build_portfolio(exports, Settings(), as_of_date=pd.Timestamp("2026-09-30"))
    assert portfolio.milestones.empty


def test_xer_line_ends_inside_a_cell_do_not_break_the_row(tmp_path: Path) -> None:
    memo = table(
        "TASKMEMO", "memo_id task_id task_memo", "1|100|first\r\nsecond", "2|100|a\x7f\x7fb"
    )
    records, _, _ = read_text(tmp_path, XER.replace("%E", memo + "%E"), read_xer)
    assert records.loc[1, "description"] == "first\nsecond\na\nb"


def test_xer_without_its_end_says_so(tmp_path: Path) -> None:
    path = tmp_path / "plan.xer"
    path.write_text(XER.replace("%E", ""), encoding="utf-8")
    assert "cut off" in read_xer(path)[0].note


@pytest.mark.parametrize(
    "text", ["ERMHDR\t1\r\n%E\r\n", "ERMHDR\t1\r\n%R\t1\r\n", "ERMHDR\n%T\tOBS\n%F\ta\n%R\tb\n%E"]
)
def test_xer_without_a_plan_is_an_export_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(ExportError, match=r"plan\.any.*P6"):
        read_text(tmp_path, text, read_xer)


@pytest.mark.parametrize("is_bare", [True, False])
def test_pmxml_is_read_with_and_without_a_namespace(tmp_path: Path, is_bare: bool) -> None:
    uri = 'xmlns="http://xmlns.oracle.com/Primavera/P6/V20/API/BusinessObjects"'
    text = PMXML.replace(uri, "") if is_bare else PMXML
    records, aside, tool = read_text(tmp_path, text, read_pmxml)
    assert tool == "p6-pmxml"
    assert records["title"].tolist() == ["New hall", "Beams", "Tiles"]
    assert records["root_key"].tolist() == ["HALL"] * 3
    assert len(aside) == 2


def test_pmxml_fractions_nil_costs_owners_and_baseline(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, PMXML, read_pmxml)
    assert records["progress_pct"].tolist() == [None, 25, 100]
    assert records["owner"].tolist() == ["Works", "Ada", None]
    assert records["budget_cost"].tolist() == [15.5, 15.5, None]
    assert records.loc[0, "forecast_finish_date"] == "2026-02-01T17:00:00"
    assert records.loc[1, "baseline_finish_date"] == "2026-01-20T17:00:00"
    assert records.loc[0, "sponsor"] == "Bo"


def test_gantt_finish_counts_working_days_by_the_files_calendar(tmp_path: Path) -> None:
    records, _, tool = read_text(tmp_path, GAN, read_ganttproject)
    assert tool == "ganttproject"
    finishes = dict(zip(records["title"], records["forecast_finish_date"], strict=True))
    # Mon 5, (Tue 6 is a holiday), Wed 7, Thu 8, Fri 9, and Sat 10 is worked each year.
    assert finishes["Roof"] == dt.date(2026, 1, 10)
    assert finishes["Beams"] == dt.date(2026, 1, 10)
    assert finishes["Done"] == dt.date(2026, 1, 12)
    assert finishes["Yard"] is None


def test_gantt_nesting_owner_baseline_and_a_name_from_the_file(tmp_path: Path) -> None:
    records, _, _ = read_text(tmp_path, GAN, read_ganttproject)
    assert records["title"].tolist() == ["plan", "Roof", "Beams", "Done", "Yard"]
    assert records["root_key"].tolist() == [records.loc[0, "item_key"]] * 5
    assert records["parent_key"].tolist()[2:4] == ["0", "0"]
    assert records.loc[2, "owner"] == "Bo; Ada"  # the responsible one first
    assert records.loc[2, "baseline_finish_date"] == dt.date(2026, 1, 5)
    assert records.loc[1, "sponsor"] == "Bo"
    assert records.loc[3, "is_milestone"] == "1"


@pytest.mark.parametrize("duration", ["9" * 30, "-4", "x", "1e400", ""])
def test_gantt_garbled_durations_end(tmp_path: Path, duration: str) -> None:
    text = GAN.replace('duration="5"', f'duration="{duration}"')
    assert len(read_text(tmp_path, text, read_ganttproject)[0]) == 5


def test_gnome_planner_nesting_work_owner_and_properties(tmp_path: Path) -> None:
    records, _, tool = read_text(tmp_path, PLANNER, read_gnome_planner)
    assert tool == "gnome-planner"
    assert records["title"].tolist() == ["Hall", "Roof", "Beams", "Open"]
    assert records["owner"].tolist() == ["Ada", None, "Bo", None]
    assert records["parent_key"].tolist()[2:] == ["1", "1"]
    assert records.loc[2, "planned_effort_hours"] == "7200"  # seconds, as the map states
    assert records.loc[1, "objective_id"] == "O1"
    assert records.loc[0, "forecast_finish_date"] == "2026-01-30 17:00"


def test_jira_xml_looks_like_jiras_csv(tmp_path: Path) -> None:
    records, _, tool = read_text(tmp_path, RSS, read_jira_rss)
    assert tool == "jira"
    roof = records.iloc[0]
    assert roof["item_key"] == "K-2"
    assert roof["root_key"] == "K-1"
    assert roof["labels"] == "a; b"
    assert roof["status_category"] == "In Progress"
    assert roof["owner"] is None
    assert roof["sponsor"] == "Bo"
    assert roof["start_date"] == "2026-01-06 00:00"
    assert roof["forecast_finish_date"] == "2026-01-30 00:00"
    assert roof["planned_effort_hours"] == 57600
    assert roof["actual_effort_hours"] == "1 hour"
    assert roof["description"] == "<p>Mend &amp; paint</p>"
    assert records.loc[1, "owner"] == "Ada"


@pytest.mark.parametrize("number", range(1, len(FILES)))
def test_xml_entities_are_not_resolved(tmp_path: Path, number: int) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("TOP SECRET", encoding="utf-8")
    text = FILES[number].strip().replace('<?xml version="1.0"?>', "", 1)
    doctype = f'<!DOCTYPE x [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n'
    path = tmp_path / "plan.xml"
    path.write_text(doctype + text.replace(">Roof<", ">&x;Roof<"), encoding="utf-8")
    assert "TOP SECRET" not in str(READERS[number][1](path)[0].rows)


@pytest.mark.parametrize("reader", [reader for _, reader in READERS])
@pytest.mark.parametrize("text", ["", "<", "<a/>", "<rss><channel/></rss>", "\x00\x01", "%R"])
def test_files_without_a_plan_are_export_errors(tmp_path: Path, reader: Reader, text: str) -> None:
    with pytest.raises(ExportError, match=r"plan\.any"):
        read_text(tmp_path, text, reader)
