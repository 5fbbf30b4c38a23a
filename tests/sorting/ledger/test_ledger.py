"""The file of the ledger: no line is lost, none swallows another, none runs as a formula."""

from __future__ import annotations

import logging
import multiprocessing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dualtrack.errors import SortingError
from dualtrack.sorting import append_decision, read_ledger
from dualtrack.sorting.ledger.cells import bare_cell, guard_cell, one_line
from dualtrack.sorting.ledger.lines import LEDGER_COLUMNS
from dualtrack.sorting.ledger.lock import hold_lock
from tests.conftest import make_projects, make_sorting

OLD = "project_id,track,by,at,why\n"
PROJECT = make_projects({"title": "Tech debt", "description": "Old scripts"}).iloc[0]
SORTING = make_sorting({"track": "undecided"}).iloc[0]
TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)


def append(path: Path, **options: object) -> None:
    whole = {"track": "strategic", "by": "Anna", "why": "new market", **options}
    append_decision(path, PROJECT, SORTING, **whole)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.csv"


def test_a_line_holds_the_decision_the_evidence_and_the_content(path: Path) -> None:
    append(path, at=datetime(2026, 9, 30, 14, 5, tzinfo=UTC))
    row = read_ledger(path).iloc[0]
    assert row["line_number"] == 2
    assert row["at"] == pd.Timestamp("2026-09-30 14:05")
    assert row["why"] == "new market" and row["track"] == "strategic"
    assert row["evidence_track"] == "undecided"
    assert row[["p_operational", "p_strategic", "p_maintenance"]].tolist() == [0.3333] * 3
    assert (row["title"], row["description"]) == ("Tech debt", "Old scripts")
    assert row["unit_name"] == "Unit A" and row["fingerprint"].startswith("fp-")


def test_times_are_kept_in_utc(path: Path) -> None:
    append(path, at=datetime(2026, 9, 30, 1, 0, tzinfo=timezone(timedelta(hours=2))))
    assert read_ledger(path)["at"][0] == pd.Timestamp("2026-09-29 23:00")


def test_a_missing_or_empty_ledger_has_no_line(path: Path) -> None:
    assert read_ledger(path).empty
    path.write_bytes(b"\xef\xbb\xbf\r\n")
    assert read_ledger(path).empty
    assert list(read_ledger(path)) == ["line_number", *LEDGER_COLUMNS]
    append(path)
    assert len(read_ledger(path)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(why=TEXT, by=TEXT)
def test_what_was_written_is_read_back_on_one_line(path: Path, why: str, by: str) -> None:
    path.unlink(missing_ok=True)
    if not one_line(why) or not one_line(by):
        return
    append(path, why=why, by=by)
    append(path)
    assert len(path.read_text(encoding="utf-8").split("\n")) == 4
    assert read_ledger(path)["why"].tolist() == [one_line(why), "new market"]
    assert read_ledger(path)["by"][0] == one_line(by)


@given(st.text(alphabet="=+-@'; \tax\uff1d", max_size=12))
def test_a_guard_is_taken_back_exactly(text: str) -> None:
    guarded = guard_cell(text)
    assert bare_cell(guarded) == text
    for cell in guarded.replace("\t", ";").split(";"):
        assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\uff1d"))


def test_no_cell_of_the_file_runs_as_a_formula(path: Path) -> None:
    append(path, why="=HYPERLINK(1)", by="+Anna")
    append(path, why="'tis so; =cmd", by="@Ben")
    assert read_ledger(path)["why"].tolist() == ["=HYPERLINK(1)", "'tis so; =cmd"]
    text = path.read_text(encoding="utf-8")
    assert '"\'=HYPERLINK(1)"' in text and "'tis so; '=cmd" in text and '"\'+Anna"' in text


def test_a_ledger_of_five_columns_is_read_and_grows_without_losing_a_word(path: Path) -> None:
    path.write_bytes(
        (OLD + 'jira:1,strategic,Anna,2026-01-02,"new, big"\njira:2,Maintenance,,,\n').encode()
    )
    before = read_ledger(path)
    assert before["track"].tolist() == ["strategic", "maintenance"]
    assert before["why"][0] == "new, big" and before["title"].isna().all()
    append(path)
    after = read_ledger(path)
    pd.testing.assert_frame_equal(after.head(2), before)
    assert after["title"][2] == "Tech debt"
    assert 'jira:1,strategic,Anna,2026-01-02,"new, big"\n' in path.read_text(encoding="utf-8")


def test_a_ledger_saved_by_a_spreadsheet_is_read(path: Path) -> None:
    text = (
        'project_id;track;by;at;why;note\r\na;strategic;Ä;30.09.2026 14:05;"x;\ny";n\r\n;;;;;\r\n'
    )
    path.write_bytes(text.encode("utf-8-sig"))
    row = read_ledger(path).iloc[0]
    assert row["at"] == pd.Timestamp("2026-09-30 14:05") and row["why"] == "x;\ny"
    append(path)
    assert read_ledger(path)["why"].tolist() == ["x;\ny", "new market"]
    assert ";note;evidence_track" in path.read_text(encoding="utf-8")
    path.write_bytes("project_id,track,by,at,why\na,strategic,\xc4,,\n".encode("cp1252"))
    with pytest.raises(SortingError, match="CSV UTF-8"):
        read_ledger(path)


def test_every_wrong_line_is_named_at_once(path: Path) -> None:
    path.write_text(
        OLD + "a,kaizen,x,2026-01-01,\n,strategic,x,2026-01-01,\na,strategic,x,01/02/2026,\n"
        'a,kaizen,x,2026-01-01,\na,strategic,x,2026-01-01,"open\na,strategic,x,2026-01-01,y,z\n',
        encoding="utf-8",
    )
    with pytest.raises(SortingError) as fault:
        read_ledger(path)
    told = str(fault.value)
    assert "line [2, 5]: track 'kaizen' is none of" in told
    assert "line [3]: project_id is blank" in told
    assert "line [4]: at '01/02/2026' is no time" in told
    assert "line [6]: a quote is not closed" in told
    assert "line [7]: 6 cells under 5 headings" in told


def test_a_decision_needs_a_track_a_name_and_a_reason(path: Path) -> None:
    with pytest.raises(SortingError, match="'kaizen' is none of"):
        append(path, track="kaizen")
    with pytest.raises(SortingError, match="needs by and why"):
        append(path, why=" \n", by="")
    assert not path.exists()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(min_value=1, max_value=10_000))
def test_a_line_cut_short_anywhere_harms_no_other(path: Path, cut: int) -> None:
    path.unlink(missing_ok=True)
    append(path, why="first")
    start = path.stat().st_size
    append(path, why='second, "größer" als =1')
    size = path.stat().st_size
    kept = start + cut % (size - start)
    path.write_bytes(path.read_bytes()[:kept])
    assert read_ledger(path)["why"][0] == "first"
    append(path, why="third")
    found = read_ledger(path)["why"].tolist()
    # Only its end lost, the line is whole and stays.
    assert found == ["first", "third"] or (kept == size - 1 and len(found) == 3)


def test_a_line_cut_short_is_logged(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    append(path)
    path.write_bytes(path.read_bytes() + b'"jira:9","strategic","An')
    with caplog.at_level(logging.WARNING, "dualtrack"):
        append(path)
    assert "cut short" in caplog.text and "jira:9" in caplog.text
    assert len(read_ledger(path)) == 2


def test_a_line_by_hand_without_an_end_is_whole(path: Path) -> None:
    append(path)
    path.write_bytes(path.read_bytes() + b"jira:9,operational,Ben,2026-10-01,seen it")
    append(path)
    assert read_ledger(path)["project_id"].tolist() == ["list:1", "jira:9", "list:1"]


def write_many(path: Path, writer: int, count: int) -> None:
    for number in range(count):
        append(path, by=f"writer {writer}", why=f"{number} " + "long " * 400)


def test_eight_writers_at_once_lose_no_line(path: Path) -> None:
    path.write_text(OLD, encoding="utf-8")  # the first of them adds the columns
    kinds = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if "fork" in kinds else "spawn")
    writers = [context.Process(target=write_many, args=(path, one, 25)) for one in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    ledger = read_ledger(path)
    assert len(ledger) == 200 and not ledger.duplicated(["by", "why"]).any()
    assert ledger["by"].value_counts().eq(25).all()
    assert ledger["line_number"].tolist() == list(range(2, 202))


def test_a_writer_that_waits_too_long_says_so(path: Path) -> None:
    second = hold_lock(path, wait_seconds=0.05)
    with hold_lock(path), pytest.raises(SortingError, match="another program"), second:
        pass
    with hold_lock(path, wait_seconds=0.05):
        pass


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SortingError, match="cannot be written"):
        append(tmp_path / "none" / "decisions.csv")


def test_a_link_to_a_shared_ledger_stays_a_link(tmp_path: Path, path: Path) -> None:
    shared = tmp_path / "shared.csv"
    shared.write_text(OLD, encoding="utf-8")
    path.symlink_to(shared)
    append(path)
    assert path.is_symlink() and len(read_ledger(shared)) == 1
