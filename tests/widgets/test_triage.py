"""Triage: what it asks, what it writes to the ledger, how undo and faults are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dualtrack.errors import SortingError
from dualtrack.portfolio import Portfolio
from dualtrack.sorting import rank_queue, read_criteria, read_decisions, read_ledger, sort_projects
from dualtrack.widgets import Triage
from dualtrack.widgets.triage_queue import find_next, restore_evidence, search_projects
from dualtrack.workbook import OpenQuarter
from tests.conftest import make_projects, make_sorting
from tests.widgets.quarters import open_sample


def ask(triage: Triage, do: str, **more: Any) -> None:
    """What the browser sends for the project shown."""
    triage._handle_custom_msg({"do": do, "id": triage.card.get("id", ""), **more}, [])


def ledger_of(opened: OpenQuarter) -> Path:
    return opened.settings.path(opened.settings.sort.decisions_file)


def test_the_queue_is_that_of_the_sort_and_the_first_is_shown(opened: OpenQuarter) -> None:
    triage = Triage(opened, by="Ana")
    ranked = rank_queue(opened.sorting, opened.portfolio.projects)
    assert [row["id"] for row in triage.queue] == ranked["project_id"].tolist()
    assert triage.card["id"] == ranked["project_id"].iloc[0]
    assert triage.progress["words"] == (
        f"Settled so far: 0 % of the doubtful money (0 of {len(ranked)} projects)"
    )


def test_a_decision_is_a_line_at_once_with_who_when_why(opened: OpenQuarter) -> None:
    triage = Triage(opened, by=" Ana ")
    first, second = triage.queue[0]["id"], triage.queue[1]["id"]
    ask(triage, "decide", track="operational", why="It only tidies up")
    line = read_ledger(ledger_of(opened)).iloc[0]
    assert (line["project_id"], line["track"], line["by"], line["why"]) == (
        first, "operational", "Ana", "It only tidies up",
    )  # fmt: skip
    assert abs(line["at"] - pd.Timestamp.now("UTC").tz_localize(None)) < pd.Timedelta(minutes=1)
    said = opened.sorting.set_index("project_id").loc[first]
    assert line["p_strategic"] == pytest.approx(said["p_strategic"], abs=1e-4)
    assert triage.card["id"] == second and triage.settled == {first: "operational"}
    ranked = rank_queue(opened.sorting, opened.portfolio.projects)
    assert triage.progress["share"] == pytest.approx(ranked["settled_share"].iloc[0])


def test_without_a_note_the_reason_says_so(opened: OpenQuarter) -> None:
    triage = Triage(opened, by="Ana")
    likeliest = triage.card["likeliest"]
    ask(triage, "decide", track=likeliest, why="  ")
    why = read_ledger(ledger_of(opened))["why"].iloc[0]
    assert why == "decided in triage without a note; it is the likeliest by its evidence"


def test_undo_withdraws_and_the_decision_holds_no_more(opened: OpenQuarter) -> None:
    triage = Triage(opened, by="Ana")
    first = triage.card["id"]
    ask(triage, "decide", track="strategic")
    ask(triage, "undo")
    assert read_ledger(ledger_of(opened))["track"].tolist() == ["strategic", "withdrawn"]
    assert read_decisions(ledger_of(opened), opened.portfolio.projects).empty
    assert triage.card["id"] == first and triage.settled == {}
    assert triage.progress["share"] == 0


def test_undo_of_a_change_of_mind_brings_back_the_decision_before(opened: OpenQuarter) -> None:
    triage = Triage(opened, by="Ana")
    first = triage.card["id"]
    ask(triage, "decide", track="strategic", why="first thought")
    ask(triage, "open", id=first)
    ask(triage, "decide", track="maintenance", why="second thought")
    ask(triage, "undo")
    held = read_decisions(ledger_of(opened), opened.portfolio.projects).iloc[0]
    assert (held["track"], held["why"]) == (
        "strategic", "undone in triage, again as before: first thought",
    )  # fmt: skip
    assert triage.settled == {first: "strategic"}


def test_undo_of_nothing_is_told_and_writes_nothing(opened: OpenQuarter) -> None:
    triage = Triage(opened, by="Ana")
    ask(triage, "undo")
    assert "Nothing to undo" in triage.status["text"]
    assert not ledger_of(opened).exists()


def test_opened_again_it_goes_on_where_it_stood(
    opened: OpenQuarter, sample_portfolio: Portfolio, tmp_path: Path
) -> None:
    triage = Triage(opened, by="Ana")
    for _ in range(3):
        ask(triage, "decide", track="operational")
    decisions = read_decisions(ledger_of(opened), sample_portfolio.projects)
    again = open_sample(
        sample_portfolio, sort_projects(sample_portfolio, read_criteria(), decisions), tmp_path
    )
    later = Triage(again, by="Ben")
    assert set(later.settled) == set(triage.settled)
    assert later.progress["words"] == triage.progress["words"]
    assert later.card["id"] == triage.card["id"]


def test_what_the_evidence_said_comes_back_from_under_a_decision(
    opened: OpenQuarter, sample_portfolio: Portfolio
) -> None:
    triage = Triage(opened, by="Ana")
    ask(triage, "decide", track="maintenance")
    decisions = read_decisions(ledger_of(opened), sample_portfolio.projects)
    sorting, evidence = sort_projects(sample_portfolio, read_criteria(), decisions)
    restored = restore_evidence(sorting, evidence, read_criteria())
    place = sorting.index[sorting["decided_by"] == "person"]
    assert len(place) == 1
    columns = ["p_operational", "p_strategic", "p_maintenance"]
    pd.testing.assert_frame_equal(
        restored.loc[place, columns], opened.sorting.loc[place, columns], atol=1e-9
    )


def test_skipped_projects_come_last() -> None:
    queue = [{"id": one} for one in "abc"]
    assert find_next(queue, "", {}, set()) == "a"
    assert find_next(queue, "a", {}, {"a"}) == "b"
    assert find_next(queue, "c", {"b": "strategic"}, {"a"}) == "a"
    assert find_next(queue, "c", {"a": "strategic", "b": "strategic"}, {"c"}) == "c"
    assert find_next(queue, "c", dict.fromkeys("abc", "strategic"), set()) == ""


@pytest.mark.parametrize(
    "message",
    [
        {"do": "decide", "id": "no such", "track": "strategic"},
        {"do": "decide", "track": "kaizen"},
        {"do": "decide", "track": None},
        {"do": "open", "id": ["a"]},
    ],
)
def test_a_wrong_message_is_told_and_writes_nothing(
    opened: OpenQuarter, message: dict[str, Any]
) -> None:
    triage = Triage(opened, by="Ana")
    triage._handle_custom_msg({"id": triage.card["id"], **message}, [])
    assert triage.status["is_fault"] and not ledger_of(opened).exists()
    triage._handle_custom_msg("no dictionary", [])


def test_a_ledger_that_cannot_be_written_is_told_and_nothing_counts_as_settled(
    opened: OpenQuarter,
) -> None:
    triage = Triage(opened, by="Ana")
    first = triage.card["id"]
    ledger_of(opened).mkdir()
    ask(triage, "decide", track="strategic")
    assert triage.status["is_fault"] and "cannot be written" in triage.status["text"]
    assert triage.settled == {} and triage.card["id"] == first


def test_who_decides_is_needed(opened: OpenQuarter) -> None:
    with pytest.raises(SortingError, match="name of who decides"):
        Triage(opened, by=" ")


def test_search_finds_by_all_words_in_title_id_and_unit() -> None:
    projects = make_projects({"title": "Lab booking (new)"}, {"title": "Lab", "unit_name": "New"})
    restored = make_sorting({}, {"track": "strategic"})
    found = search_projects(projects, restored, {"list:2": "maintenance"}, "LAB new")
    assert [(one["id"], one["state"]) for one in found] == [
        ("list:1", "operational"),
        ("list:2", "decided: maintenance"),
    ]
    assert search_projects(projects, restored, {}, "(new)")[0]["id"] == "list:1"
    assert search_projects(projects, restored, {}, " ") == []


def test_without_doubt_there_is_nothing_to_decide(opened: OpenQuarter) -> None:
    projects, sorting = make_projects({"title": "Sure"}), make_sorting({"track": "strategic"})
    portfolio = replace(opened.portfolio, projects=projects)
    sure = replace(opened, portfolio=portfolio, sorting=sorting, evidence=opened.evidence.iloc[:0])
    triage = Triage(sure, by="Ana")
    assert triage.card == {} and "Nothing to decide" in triage.progress["words"]
    ask(triage, "skip")
    empty = replace(sure, portfolio=replace(portfolio, projects=projects.iloc[:0]),
                    sorting=sorting.iloc[:0])  # fmt: skip
    assert Triage(empty, by="Ana").queue == []


def test_without_a_front_end_it_is_an_escaped_table(opened: OpenQuarter) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    projects = opened.portfolio.projects.assign(title=hostile)
    triage = Triage(replace(opened, portfolio=replace(opened.portfolio, projects=projects)), by="A")
    shown = triage._repr_mimebundle_()[0]
    assert "application/vnd.jupyter.widget-view+json" in shown
    assert "&lt;img" in shown["text/html"] and "<img" not in shown["text/html"]
    assert shown["text/plain"].splitlines()[0].startswith("Settled so far: 0 %")
    assert len(shown["text/plain"].splitlines()) == len(triage.queue) + 2
