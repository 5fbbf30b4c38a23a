"""Triage: what it asks, what it writes to the ledger, how undo and faults are told."""

from __future__ import annotations

import json
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
from dualtrack.workbook import OpenQuarter, open_quarter
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


def test_undo_works_after_a_restart_for_a_day(opened: OpenQuarter) -> None:
    before = Triage(opened, by="Ana")
    first, second = (row["id"] for row in before.queue[:2])
    for track in ("operational", "strategic", "maintenance"):
        ask(before, "decide", track=track)
    ask(before, "undo")
    later = Triage(opened, by="ANA ")
    ask(later, "undo")
    assert later.settled == {first: "operational"} and later.card["id"] == second
    ask(later, "undo")
    ask(later, "undo")
    assert later.settled == {} and "Nothing to undo" in later.status["text"]
    lines = read_ledger(ledger_of(opened))
    assert len(lines) == 6  # three decisions, three undone; none is taken out
    assert lines["track"].tolist()[3:] == ["withdrawn"] * 3


def test_undo_takes_back_no_one_elses_decision_and_shows_it_again(opened: OpenQuarter) -> None:
    ask(Triage(opened, by="Ben"), "decide", track="maintenance")
    ana = Triage(opened, by="Ana")
    first = ana.queue[0]["id"]
    ask(ana, "undo")
    assert "Nothing to undo" in ana.status["text"]
    ana._handle_custom_msg({"do": "decide", "id": first, "track": "strategic"}, [])
    again = Triage(opened, by="Ana")
    ask(again, "undo")
    assert again.settled == {first: "maintenance"}


def test_names_stay_hidden_and_the_decision_finds_its_project(tmp_path: Path) -> None:
    name = "Joan Millerton"
    export = tmp_path / "exports/2026-Q3"
    export.mkdir(parents=True)
    rows = [f"Rollout of the plan of {name},{name},{name} wants a platform,90000"]
    rows += [f"Fewer faults {n},Ben Stonefield,cut scrap by 5 percent,1000" for n in range(3)]
    text = "\n".join(["Title,Owner,Description,Budget", *rows])
    (export / "list.csv").write_text(text, "utf-8")
    settings = tmp_path / "portfolio.toml"
    settings.write_text('[portfolio]\nname = "Own"\nexport_dir = "exports/{quarter}"\n', "utf-8")
    opened = open_quarter("2026-Q3", settings_file=str(settings))
    triage = Triage(opened, by="Ana")
    own = opened.portfolio.projects["project_id"].iloc[0]
    ask(triage, "open", id=own)
    shown = json.dumps([triage.card, triage.queue, triage.status, triage._repr_mimebundle_()[0]])
    assert "[name]" in shown and "Millerton" not in shown
    ask(triage, "decide", track="maintenance")
    assert "Millerton" not in json.dumps([triage.card, triage.status, triage.progress])
    assert "Millerton" in read_ledger(ledger_of(opened))["project_id"].iloc[0].title()
    again = open_quarter("2026-Q3", settings_file=str(settings))
    assert again.portfolio.projects["project_id"].iloc[0] == own
    decided = again.sorting.set_index("project_id").loc[own]
    assert (decided["track"], decided["decided_by"]) == ("maintenance", "person")
    assert Triage(again, by="Ana").settled == {own: "maintenance"}


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
