"""`whatif`: before and after on the terminal and for machines; a wrong file says what to mend."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from dualtrack.analyses import read_scenario
from dualtrack.cli import app
from tests.cli.test_errors import run
from tests.conftest import ROOT

LIST = (
    "ID,Title,Description,Unit,Start,Budget\n"
    "1,Open a plant in Mexico,Enter a new region with a second site,A,2026-01-05,5000\n"
    "2,Cut changeover time by half,SMED on line 4,A,2026-01-05,1000\n"
    "3,Fewer picking errors,5S in the warehouse,B,2026-01-05,500\n"
)
PEOPLE = [f"Person {letter}" for letter in "ABCDEF"]
SCENARIO = (
    'title = "Try"\n[[action]]\ndo = "pause"\nprojects = ["Cut changeover time by half"]\n'
    'until = 2026-11-01\n[fit]\nuse_at_most = 0.5\nkeep = ["Open a plant in Mexico"]\n'
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "portfolio.toml").write_text('[portfolio]\nname = "X"\n', encoding="utf-8")
    exports = tmp_path / "exports/2026-Q3"
    exports.mkdir(parents=True)
    (exports / "list.csv").write_text(LIST, encoding="utf-8")
    hours = [
        f"{key},{hours},2026-09-10,{one},Fitter"
        for one in PEOPLE
        for key, hours in ((1, 40), (2, 30), (3, 20))
    ]
    sheet = "\n".join(["Issue Key,Hours,Work date,Full name,Role", *hours])
    (exports / "timesheet.csv").write_text(sheet + "\n", encoding="utf-8")
    there = [f"{one},2026-09,100,Frontline,A" for one in PEOPLE]
    sheet = "\n".join(["Person,Month,Available hours,Level,Unit", *there])
    (exports / "capacity.csv").write_text(sheet + "\n", encoding="utf-8")
    (tmp_path / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    return tmp_path


def test_before_and_after_are_printed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "whatif", "scenario.toml")
    assert code == 0, err
    # Six people with 70 h of 100 h on projects of unit A; without the paused 30 h it is 40.
    assert "Try: takes A from 70 % to 40 % of capacity" in out
    assert "1 pause: Cut changeover time by half (list:2): paused until 2026-11-01" in out
    assert re.search(r"Booked of capacity\s+A\s+70 %\s+40 %\s+-30 points", out)
    assert "Nothing need be paused" in out


def test_json_holds_the_same_numbers(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "whatif", "scenario.toml", "--json")
    told = json.loads(out)
    assert code == 0 and told["title"].startswith("Try: takes A from 70 % to 40 %")
    load = next(
        one
        for one in told["measures"]
        if one["quantity_type"] == "load_share" and one["group_name"] == "A"
    )
    assert (load["before_value"], load["after_value"]) == (pytest.approx(0.7), pytest.approx(0.4))
    assert told["pausing"]["limits"][0]["limit_high"] == pytest.approx(0.5 * 600 / 140)
    assert told["pausing"]["projects"][0]["value_basis"] == "budget"


def test_a_file_with_faults_stops_with_all_of_them(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = (
        '[[action]]\ndo = "stop"\nprojects = ["Open a plant in Mexiko"]\n'
        '[[action]]\ndo = "relabel"\nprojects = ["list:9"]\ntrack = "strategic"\n'
        '[fit]\nkeep = ["list:8"]\n'
    )
    (workspace / "scenario.toml").write_text(wrong, encoding="utf-8")
    code, out, err = run(capsys, "whatif", "scenario.toml")
    assert code == 2 and not out and "Traceback" not in err
    for words in (
        "scenario.toml",
        "action 1 (stop): no project 'Open a plant in Mexiko', did you mean 'Open a plant in Mex",
        "action 2 (relabel): no project 'list:9'",
        "fit.keep: no project 'list:8'",
    ):
        assert words in err
    code, _, err = run(capsys, "whatif", "nowhere.toml")
    assert code == 2 and "no such scenario file" in err


def test_without_hours_the_mix_is_still_answered(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("timesheet.csv", "capacity.csv"):
        (workspace / "exports/2026-Q3" / name).unlink()
    (workspace / "scenario.toml").write_text(
        '[[action]]\ndo = "relabel"\nprojects = ["list:2"]\ntrack = "strategic"\n[fit]\n',
        encoding="utf-8",
    )
    code, out, err = run(capsys, "whatif", "scenario.toml")
    assert code == 0, err
    assert "Load cannot be told: no export holds bookings" in out
    assert "Pauses cannot be sought" in out and "strategic share of the budget from" in out


def test_the_shipped_example_is_a_scenario_and_the_command_is_described() -> None:
    example = ROOT / "docs/examples/scenario.toml"
    kinds = {one.do for one in read_scenario(example).action}
    assert kinds == {"stop", "pause", "merge", "relabel", "shift_budget", "move_capacity"}
    page = (ROOT / "docs/what-if.md").read_text(encoding="utf-8")
    for key in (*kinds, "use_at_most", "use_targets", "keep", "saves_pct", "--json"):
        assert key in page, key
    assert any(command.callback.__name__ == "whatif" for command in app.registered_commands)  # type: ignore[union-attr]
