"""What second readings do to the sort, how agreement is measured, and the command."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dualtrack.config import SecondReaderSettings, Settings
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform, empty_frame
from dualtrack.sorting.second_reader.names import find_names
from dualtrack.sorting.second_reader.reader import read_again
from dualtrack.sorting.second_reader.reading import (
    add_second_readings,
    apply_second_reading,
    list_second_evidence,
    measure_second_reading,
)
from tests.cli.test_errors import run as run_cli
from tests.conftest import make_projects, make_sorting
from tests.sorting.second_reader.chat_server import ChatServer, reads, run_server, says, status


def make_readings(*rows: tuple[str, str | None, float | None, str | None]) -> pd.DataFrame:
    """Readings of projects 1, 2, ...: track, confidence, quote, fault."""
    frame = pd.DataFrame(
        rows, columns=["second_track", "confidence", "quote", "fault"], dtype=object
    )
    whole = frame.assign(
        project_id=[f"list:{number}" for number in range(1, len(frame) + 1)],
        column_name=frame["quote"].where(frame["quote"].isna(), "title"),
        model="reader-7b",
        from_cache=False,
    )
    return conform(whole, TABLES["second_readings"])


OPEN = {"track": "undecided", "decided_by": "evidence", "undecided_reason": "thin"}


def test_only_what_the_evidence_leaves_undecided_is_settled() -> None:
    sorting = make_sorting(
        OPEN | {"declared_track": "operational"},
        {"track": "operational", "decided_by": "evidence"},
        {"track": "operational", "decided_by": "person", "evidence_track": "undecided"},
        {"track": "undecided", "decided_by": "person"},
        {"track": "maintenance", "decided_by": "learned"},
        *[OPEN] * 4,
    )
    readings = make_readings(
        *[("strategic", 0.9, "site", None)] * 5,
        ("undecided", 0.9, None, None),
        ("strategic", 0.6, "site", None),
        (None, None, None, "refusal"),
    )
    before = sorting.copy()
    settled = apply_second_reading(sorting, readings)
    pd.testing.assert_frame_equal(sorting, before)
    pd.testing.assert_frame_equal(settled.iloc[1:], sorting.iloc[1:])
    row = settled.iloc[0]
    assert (row["track"], row["decided_by"]) == ("strategic", "second_reader")
    assert row["evidence_track"] == "undecided" and pd.isna(row["undecided_reason"])
    assert row["blur_type"] == "hidden strategy"
    chances = ["p_operational", "p_strategic", "p_maintenance"]
    np.testing.assert_array_equal(settled[chances], sorting[chances])


def test_confidence_must_reach_the_threshold_given() -> None:
    readings = make_readings(("strategic", 0.6, "site", None))
    assert apply_second_reading(make_sorting(OPEN), readings)["track"][0] == "undecided"
    settled = apply_second_reading(make_sorting(OPEN), readings, decide_at=0.6)
    assert settled["track"][0] == "strategic"


def test_no_readings_and_no_projects_change_nothing() -> None:
    sorting, none = make_sorting(OPEN), empty_frame(TABLES["second_readings"])
    pd.testing.assert_frame_equal(apply_second_reading(sorting, none), sorting)
    assert apply_second_reading(sorting.head(0), none).empty
    assert list_second_evidence(none).empty
    assert measure_second_reading(none, sorting)["project_count"].tolist() == [0] * 4


def test_quotes_become_evidence_that_adds_nothing() -> None:
    readings = make_readings(
        ("strategic", 0.9, "site", None),
        ("undecided", 0.4, None, None),
        (None, None, None, "timeout"),
    )
    rows = list_second_evidence(pd.concat([readings, readings.head(1).assign(quote="Lagos")]))
    assert rows["quote"].tolist() == ["site", "Lagos"]
    assert rows["contribution"].tolist() == [0.0, 0.0]
    assert rows["toward_track"].tolist() == ["strategic"] * 2
    assert (rows["reading"] == "evidence").all() and (rows["criterion_id"] == "second_reader").all()
    assert rows["says"][0] == "is quoted by the second reader, reader-7b"


def test_agreement_worked_by_hand() -> None:
    """Ten projects, 7 agreed: chance 0.5*0.4 + 0.3*0.4 + 0.2*0.2 = 0.36, kappa 0.34 / 0.64."""
    own = ["operational"] * 5 + ["strategic"] * 3 + ["maintenance"] * 2
    other = ["operational"] * 4 + ["strategic"] * 1 + ["strategic"] * 2 + ["maintenance"]
    other += ["maintenance", "strategic"]
    sorting = make_sorting(*[{"track": track} for track in own], OPEN, {"track": "strategic"})
    readings = make_readings(
        *[(track, 0.9, "x", None) for track in other],
        ("strategic", 0.9, "x", None),
        (None, None, None, "timeout"),
    )
    table = measure_second_reading(readings, sorting)
    assert table["evidence_track"].tolist() == ["All", "operational", "strategic", "maintenance"]
    assert table["project_count"].tolist() == [10, 5, 3, 2]
    assert table["agreed_count"].tolist() == [7, 4, 2, 1]
    assert table["agreed_share"].tolist() == pytest.approx([0.7, 0.8, 2 / 3, 0.5])
    assert table["kappa"][0] == pytest.approx(0.34 / 0.64)
    assert table["kappa"][1] == pytest.approx((0.9 - 0.5) / 0.5)
    assert (table["kappa_low"] < table["kappa"]).all() and (
        table["kappa"] < table["kappa_high"]
    ).all()


def test_kappa_is_missing_where_chance_alone_agrees() -> None:
    readings = make_readings(*[("strategic", 0.9, "x", None)] * 10)
    table = measure_second_reading(readings, make_sorting(*[{"track": "strategic"}] * 10))
    assert table["agreed_share"][0] == 1 and table["kappa"].isna().all()
    assert pd.isna(table["agreed_share"][1])
    few = measure_second_reading(
        readings.head(9), make_sorting({"track": "operational"}, *[{"track": "strategic"}] * 8)
    )
    assert few["agreed_count"][0] == 8 and few["kappa"].isna().all()


def test_without_a_url_the_sort_stays_as_it_is(tmp_path: Path) -> None:
    portfolio = Portfolio.from_tables(
        {"projects": make_projects({})}, as_of_date=pd.Timestamp("2026-09-30"), currency="EUR"
    )
    sorting, evidence = make_sorting(OPEN), empty_frame(TABLES["evidence"])
    found = add_second_readings(
        portfolio, sorting, evidence, Settings(root=tmp_path), pseudonym=str.upper
    )
    assert found[0] is sorting and found[1] is evidence


def test_what_was_told_before_enters_the_sort_without_a_request(tmp_path: Path) -> None:
    portfolio = Portfolio.from_tables(
        {"projects": make_projects({"title": "Project Blue"}, {"title": "Project Red"})},
        as_of_date=pd.Timestamp("2026-09-30"),
        currency="EUR",
    )
    sorting, evidence = make_sorting(OPEN, OPEN), empty_frame(TABLES["evidence"])
    with run_server() as server:
        server.answer(reads("strategic", "Project Blue"))
        section = SecondReaderSettings(url=server.url, model="m", requests_per_minute=6000)
        settings = Settings(root=tmp_path, second_reader=section)
        names = find_names(portfolio, pseudonym=str.upper)
        read_again(portfolio.projects, sorting, settings, names=names)
        assert len(server.requests) == 2
    settled, quotes = add_second_readings(
        portfolio, sorting, evidence, settings, pseudonym=str.upper
    )
    assert settled["decided_by"].tolist() == ["second_reader", "evidence"]
    assert settled["track"].tolist() == ["strategic", "undecided"]
    assert quotes["quote"].tolist() == ["Project Blue"] and quotes["contribution"].sum() == 0
    again = add_second_readings(portfolio, settled, evidence, settings, pseudonym=str.upper)
    pd.testing.assert_frame_equal(again[0], settled)


# The command -------------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    return run_cli(capsys, "second-read", "--quarter", "2026-Q3", *arguments)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    exports = tmp_path / "exports/2026-Q3"
    exports.mkdir(parents=True)
    (exports / "list.csv").write_text(
        "ID,Title,Unit,Owner,Start\n"
        "1,Project Blue for Zofia Bielawska,A,Zofia Bielawska,2026-01-05\n"
        "2,Cut waiting time at the counter from 40 to 15 minutes,A,Ann Roe,2026-01-05\n",
        encoding="utf-8",
    )
    return tmp_path


def point_at(workspace: Path, server: ChatServer, **changes: object) -> None:
    lines = [f'url = "{server.url}"', 'model = "m"', "requests_per_minute = 6000", "retries = 0"]
    lines += [f"{name} = {value}" for name, value in changes.items()]
    text = "[second_reader]\n" + "\n".join(lines) + "\n"
    (workspace / "portfolio.toml").write_text(text, encoding="utf-8")


def test_dry_run_shows_what_would_be_sent_and_sends_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "--dry-run")
    assert code == 0 and "nothing is ever sent" in out and "TITLE\nProject Blue for" in out
    with run_server() as server:
        point_at(workspace, server)
        code, out, _ = run(capsys, "--dry-run")
        assert not server.requests
    assert code == 0 and "(this machine), model m" in out
    assert "TITLE\nProject Blue for [person]\n\nEND" in out and "Bielawska" not in out
    assert "1 projects: 0 answered before, 0 without text; 1 requests" in out
    assert "counter" not in out
    assert not (workspace / ".dualtrack/second_reader.jsonl").exists()


def test_the_command_reads_settles_and_says_how_far_both_agree(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with run_server() as server:
        point_at(workspace, server)
        server.answer(reads("strategic", "Project Blue"))
        code, out, _ = run(capsys)
        assert code == 0 and "1 read: 1 strategic" in out
        assert "1 undecided projects settled by the second reader" in out
        assert 'only = "all" reads all' in out
        point_at(workspace, server, only='"all"')
        server.answer(reads("operational", "Cut waiting time"))
        code, out, _ = run(capsys)
        assert code == 0 and "1 answered before" in out
        assert "agreement with the evidence" in out and "operational" in out
        assert len(server.requests) == 2


def test_what_was_dropped_is_counted(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with run_server() as server:
        point_at(workspace, server)
        server.answer(says("I cannot help with that."))
        code, out, _ = run(capsys)
    assert code == 0 and "0 read: none" in out and "1 without a reading: 1 refusal" in out


def test_a_server_that_never_replies_is_an_error_that_says_what_to_do(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with run_server() as server:
        point_at(workspace, server)
        server.answer(status(401))
        code, _, err = run(capsys)
        assert code == 2 and "no reply to any request (request refused)" in err
    code, _, err = run(capsys)
    assert code == 2 and "(no connection)" in err and "Traceback" not in err


def test_without_a_url_the_command_says_where_to_set_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys)
    assert code == 2 and "url is blank" in err and "docs/second-reader.md" in err
