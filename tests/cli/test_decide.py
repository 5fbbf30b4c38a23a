"""`queue` and `decide`: what to decide first, and one line in the ledger."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from tests.cli.test_errors import run

LIST = (
    "ID,Title,Description,Unit,Start,Budget\n"
    "1,Cut waiting time by half,,A,2026-01-05,1000\n"
    "2,Tech debt,Old [bold] scripts,A,2026-01-05,5000\n"
    "3,Project Blue,,B,2026-01-05,100\n"
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "portfolio.toml").write_text('[portfolio]\nname = "X"\n', encoding="utf-8")
    exports = tmp_path / "exports/2026-Q3"
    exports.mkdir(parents=True)
    (exports / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def test_the_dearest_doubt_comes_first(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "queue", "--top", "1")
    assert code == 0
    assert "list:2" in out and "Tech debt" in out and "5,000" in out and "list:3" not in out
    settled = re.search(r"Undecided or doubtful: 2. Deciding the first 1 settles (\d+) %", out)
    assert settled is not None
    assert 95 <= int(settled[1]) < 100


def test_a_decision_is_one_line_and_leaves_the_queue(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("--why", "=like for like", "--by", "Anna")
    code, out, _ = run(capsys, "decide", "list:2", "Maintenance", *said)
    assert code == 0 and "list:2 is maintenance; evidence says undecided" in out
    ledger = pd.read_csv(workspace / "decisions.csv")
    assert ledger[["project_id", "track", "by", "why"]].to_numpy().tolist() == [
        ["list:2", "maintenance", "Anna", "'=like for like"]
    ]
    assert ledger["description"][0] == "Old [bold] scripts"
    code, out, _ = run(capsys, "queue")
    assert code == 0 and "list:2" not in out and "list:3" in out
    code, out, _ = run(capsys, "explain", "list:2")
    assert "track: maintenance, decided by person" in out


def test_reviewers_who_differ_are_told(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "decide", "list:2", "maintenance", "--why", "x", "--by", "Anna")
    _, out, _ = run(capsys, "decide", "list:2", "strategic", "--why", "y", "--by", "Ben")
    assert "Decided before: Anna: maintenance" in out
    # The evidence of then is that of the text, whatever was decided before.
    assert pd.read_csv(workspace / "decisions.csv")["p_maintenance"].between(0.01, 0.99).all()
    _, out, _ = run(capsys, "queue")
    assert "list:2: reviewers differ (Anna: maintenance; Ben: strategic)" in out
    assert "Anna and Ben: 1 decided by both, 0 % alike; no kappa: fewer than 10" in out


def test_all_decided_is_nothing_to_decide(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for project_id in ("list:2", "list:3"):
        run(capsys, "decide", project_id, "strategic", "--why", "x", "--by", "Anna")
    assert "Nothing to decide" in run(capsys, "queue")[1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("list:9", "strategic", "--why", "x", "--by", "y"), "No project 'list:9' in 2026-Q3"),
        (("list:2", "kaizen", "--why", "x", "--by", "y"), "Track 'kaizen' is none of"),
        (("list:2", "strategic", "--why", " ", "--by", "y"), "needs why"),
        (("list:2", "strategic", "--why", "x"), "Missing option '--by'"),
    ],
)
def test_a_wrong_decision_writes_nothing(
    workspace: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], words: str
) -> None:
    code, _, err = run(capsys, "decide", *arguments)
    assert code == 2 and words in err and "Traceback" not in err
    assert not (workspace / "decisions.csv").exists()


def test_a_wrong_line_stops_with_its_number(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "decisions.csv").write_text(
        "project_id,track,by,at,why\nlist:1,kaizen,x,,\n", encoding="utf-8"
    )
    for command in (("queue",), ("decide", "list:2", "strategic", "--why", "x", "--by", "y")):
        code, _, err = run(capsys, *command)
        assert code == 2 and "decisions.csv: line [2]" in err
