"""Decisions of earlier reviews: how far they are, and what their metric says since."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

from dualtrack.analyses import measure_control, measure_follow_up, read_control_rules
from dualtrack.claims import state_follow_up
from dualtrack.errors import RecordError
from dualtrack.records import read_review_decisions
from dualtrack.schema import TABLES, conform
from dualtrack.tables import tabulate_follow_up

AS_OF = pd.Timestamp("2026-09-30")
LINES = """decision_id,decision,decided_at,due_date,done_at,dropped_at,metric
D1,Hand picking back to the team,2026-07-01,2026-07-15,2026-07-10,,picking errors
D2,Stop the portal,2026-07-01,2026-08-01,,,
D3,Name a sponsor,2026-07-01,2026-12-01,,,OEE
D4,Merge two forums,2026-07-01,2026-08-01,,2026-08-15,
D5,Taken after the exports,2026-10-05,,,,
"""


def control_of(values: Sequence[float]) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "metric_id": "Picking errors",
            "measured_date": pd.date_range("2026-05-01", periods=len(values), freq="7D"),
            "project_id": None,
            "value": values,
            "better_when": "lower",
        }
    )
    return measure_control(conform(rows, TABLES["measures"]), read_control_rules("wheeler"))


def read(folder: Path, text: str = LINES) -> pd.DataFrame:
    path = folder / "review_decisions.csv"
    path.write_text(text, encoding="utf-8")
    return read_review_decisions(path)


def test_states_and_the_signal_since(tmp_path: Path) -> None:
    better = [20, 21, 19, 20, 22, 20, 19, 21, 20, 21, 12, 11, 12, 13, 11, 12, 12, 11, 12, 11]
    found = measure_follow_up(read(tmp_path), control_of(better), as_of_date=AS_OF)
    assert found["decision_id"].tolist() == ["D2", "D3", "D1", "D4"]
    assert found["state_type"].tolist() == ["overdue", "due", "done", "dropped"]
    done = found.set_index("decision_id").loc["D1"]
    assert (done["since_type"], done["since_count"]) == ("better", 9)
    assert found.set_index("decision_id").loc["D3", "since_type"] == "no readings"
    claim = state_follow_up(found)
    assert claim.title == "1 of four decisions of earlier reviews is done, 1 is overdue"
    assert "supports an effect" in claim.reading
    assert len(tabulate_follow_up(found).frame) == 4


def test_noise_is_no_effect(tmp_path: Path) -> None:
    noise = [20, 21, 19, 20, 22, 20, 19, 21, 20, 21, 19, 20, 21, 20, 19, 20, 21, 20, 19, 20]
    found = measure_follow_up(read(tmp_path), control_of(noise), as_of_date=AS_OF)
    assert found.set_index("decision_id").loc["D1", "since_type"] == "no signal"
    assert "within its noise" in state_follow_up(found).reading


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    none = read_review_decisions(tmp_path / "review_decisions.csv")
    found = measure_follow_up(none, control_of([1.0] * 14), as_of_date=AS_OF)
    assert found.empty
    assert state_follow_up(found).title == "No decision of an earlier review is recorded"


def test_every_fault_of_the_file_is_told(tmp_path: Path) -> None:
    text = "decision,decided_at,due_date\nA,14.7.2026,\nB,2026-07-01,soon\n,2026-07-01,\n"
    with pytest.raises(RecordError, match="line 2.*line 3.*line 4: no decision"):
        read(tmp_path, text)
    with pytest.raises(RecordError, match="line 3: no decided_at"):
        read(tmp_path, "decision,decided_at\nA,2026-07-01\nB,\n")
    with pytest.raises(RecordError, match="no column"):
        read(tmp_path, "what,when\nA,B\n")
    with pytest.raises(RecordError, match="stands twice"):
        read(tmp_path, "decision_id,decision,decided_at\nX,A,2026-07-01\nX,B,2026-07-01\n")
