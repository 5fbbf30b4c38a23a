"""The card: quotes marked in the text they are words of, readings with their ground, the flip."""

from __future__ import annotations

import json

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.sorting import find_flips, read_criteria
from dualtrack.widgets.card import build_card, list_evidence, list_readings, mark_quotes, word_flip
from dualtrack.workbook import OpenQuarter
from tests.conftest import make_projects, make_sorting

COLUMNS = [
    "project_id", "reading", "criterion_id", "says", "toward_track", "column_name", "quote",
    "value", "contribution",
]  # fmt: skip


def evidence(*rows: dict[str, object]) -> pd.DataFrame:
    usual = {"project_id": "list:1", "reading": "evidence", "column_name": "title"}
    return pd.DataFrame([usual | row for row in rows], columns=COLUMNS)


def piece(criterion: str, track: str, size: float) -> dict[str, object]:
    return {
        "criterion_id": criterion,
        "says": f"does {criterion}",
        "toward_track": track,
        "quote": criterion,
        "contribution": size,
    }


def test_a_quote_is_marked_with_its_track() -> None:
    assert mark_quotes("Cut waste now", [("waste", "operational")]) == [
        {"text": "Cut ", "track": ""},
        {"text": "waste", "track": "operational"},
        {"text": " now", "track": ""},
    ]


def test_where_quotes_overlap_the_stronger_keeps_its_length() -> None:
    marked = mark_quotes("new market", [("new", "strategic"), ("new market", "operational")])
    assert [(one["text"], one["track"]) for one in marked] == [
        ("new", "strategic"),
        (" market", "operational"),
    ]


@given(st.text(), st.lists(st.tuples(st.text(max_size=4), st.sampled_from(["a", "b"]))))
def test_pieces_join_to_the_text(text: str, quotes: list[tuple[str, str]]) -> None:
    pieces = mark_quotes(text, quotes)
    assert "".join(one["text"] for one in pieces) == text
    assert all(one["text"] for one in pieces)


def test_the_strongest_piece_comes_first_and_fills_its_bar() -> None:
    listed = list_evidence(evidence(piece("a", "strategic", 0.5), piece("b", "operational", 2.0)))
    assert [(one["says"], one["share"]) for one in listed] == [("does b", 1.0), ("does a", 0.25)]


def test_readings_say_what_they_rest_on() -> None:
    rows = evidence(
        {"reading": "declared", "quote": "Strategic Enabler", "column_name": "declared_label"},
        {"reading": "managed", "says": "is reviewed often", "value": "91.0",
         "column_name": "review_interval_days"},
        {"reading": "managed", "says": "passes gates", "value": "4.0", "column_name": "gate_count"},
    )  # fmt: skip
    project = make_projects({}).iloc[0]
    sorting = make_sorting({"track": "undecided", "undecided_reason": "thin"}).iloc[0]
    called, kind, run = list_readings(project, sorting, rows)
    assert called["ground"] == "labelled “Strategic Enabler”"
    assert (kind["track"], kind["ground"]) == ("undecided", "too little evidence")
    assert run["ground"] == "is reviewed often (91 days); passes gates (4)"


def test_without_any_reading_the_card_says_so() -> None:
    project, sorting = make_projects({}).iloc[0], make_sorting({"track": "undecided"}).iloc[0]
    card = build_card(project, sorting, evidence(), read_criteria(), currency="EUR")
    assert card["readings"][0]["ground"] == "carries no label that names a track"
    assert card["readings"][2]["ground"] == "nothing recorded of how it is run"
    assert card["description"] == [] and card["evidence"] == []
    assert "every project starts" in card["flip"]
    assert card["source"] == "list.csv, row 1"


def test_the_flip_names_the_one_piece_that_holds_it() -> None:
    rows = evidence(piece("waste", "operational", 3.0), piece("market", "strategic", 2.0))
    flip = find_flips(pd.Series(["list:1"]), rows, read_criteria()).iloc[0]
    assert (flip["track"], flip["flip_track"], flip["flip_count"]) == (
        "operational", "strategic", 1,
    )  # fmt: skip
    assert word_flip("list:1", rows, read_criteria()) == (
        "Were “does waste” not true of it, strategic would be likelier."
    )


def test_every_card_of_the_sample_is_json_and_quotes_only_its_cells(opened: OpenQuarter) -> None:
    projects = opened.portfolio.projects.set_index("project_id", drop=False)
    sorting = opened.sorting.set_index("project_id", drop=False)
    for project_id, rows in opened.evidence.groupby("project_id"):
        project = projects.loc[project_id]
        card = build_card(project, sorting.loc[project_id], rows, opened.criteria, currency="EUR")
        json.dumps(card, allow_nan=False)
        assert "".join(one["text"] for one in card["title"]) == project["title"]
        quoted = rows[(rows["column_name"] == "title") & (rows["reading"] == "evidence")]
        assert any(one["track"] for one in card["title"]) == bool(len(quoted))
