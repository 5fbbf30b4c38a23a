"""A decision taken back: a line like any other, after which its reviewer holds none."""

from __future__ import annotations

from pathlib import Path

import pytest

from dualtrack.errors import SortingError
from dualtrack.sorting import append_decision, measure_agreement, read_decisions, read_ledger
from tests.conftest import make_projects, make_sorting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.csv"


def say(path: Path, by: str, track: str) -> None:
    project, sorting = make_projects({}).iloc[0], make_sorting({"track": "undecided"}).iloc[0]
    append_decision(path, project, sorting, track=track, by=by, why="x")


def test_a_withdrawn_decision_holds_no_more_and_both_lines_stay(path: Path) -> None:
    say(path, "Anna", "strategic")
    say(path, "anna ", "withdrawn")
    assert read_ledger(path)["track"].tolist() == ["strategic", "withdrawn"]
    assert read_decisions(path, make_projects({})).empty


def test_then_the_other_reviewers_decision_holds_undisputed(path: Path) -> None:
    say(path, "Ben", "operational")
    say(path, "Anna", "strategic")
    assert read_decisions(path)["is_disputed"].tolist() == [True]
    say(path, "Anna", "withdrawn")
    held = read_decisions(path)
    assert held["track"].tolist() == ["operational"] and held["said"].tolist() == [
        "Ben: operational"
    ]
    assert not held["is_disputed"].any()


def test_decided_anew_it_holds_again(path: Path) -> None:
    for track in ("strategic", "withdrawn", "maintenance"):
        say(path, "Anna", track)
    assert read_decisions(path)["track"].tolist() == ["maintenance"]


def test_a_withdrawn_decision_is_no_agreement(path: Path) -> None:
    say(path, "Anna", "strategic")
    say(path, "Ben", "strategic")
    say(path, "Ben", "withdrawn")
    agreement, differing = measure_agreement(read_ledger(path))
    assert agreement.empty and differing.empty


def test_a_line_by_hand_may_withdraw_and_a_wrong_word_is_told(path: Path) -> None:
    path.write_text("project_id,track,by,at,why\na,Withdrawn,Anna,2026-09-30,error\n", "utf-8")
    assert read_ledger(path)["track"].tolist() == ["withdrawn"]
    assert read_decisions(path).empty
    with pytest.raises(SortingError, match="withdrawn"):
        say(path, "Anna", "withdraw")
