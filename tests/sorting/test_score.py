"""Too little evidence, and labels as evidence, worked by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dualtrack.sorting import read_criteria
from dualtrack.sorting.readings import read_declared
from dualtrack.sorting.score import find_thin, score_evidence
from tests.conftest import make_projects


def test_thin_is_below_the_least_sum_and_without_any_evidence() -> None:
    shares = pd.DataFrame(index=["none", "b", "a", "c"])
    evidence = pd.DataFrame(
        {"project_id": ["a", "b", "a", "c"], "contribution": [1.0, 3.0, 1.9, 9.0]}
    )
    found = find_thin(shares, evidence, replace(read_criteria(), thin_below=3.0))
    assert found.to_dict() == {"none": True, "b": False, "a": True, "c": False}
    found = find_thin(shares, evidence, replace(read_criteria(), thin_below=0.5))
    assert found.to_dict() == {"none": True, "b": False, "a": False, "c": False}


def test_the_first_label_that_names_a_track_is_the_evidence_of_what_a_project_is_called() -> None:
    projects = make_projects(
        {"declared_label": "blue", "type": "Strategic", "labels": "maintenance"}, {"type": "blue"}
    )
    tracks, evidence = read_declared(projects.set_axis([4, 9]))
    assert tracks.index.tolist() == [4, 9] and tracks[4] == "strategic" and pd.isna(tracks[9])
    (row,) = evidence.drop(columns="contribution").to_dict("records")
    assert row == {
        "project_id": "list:1",
        "column_name": "type",
        "quote": "Strategic",
        "toward_track": "strategic",
        "reading": "declared",
        "criterion_id": "label",
        "says": "is called that",
    }
    assert evidence["contribution"].isna().all()


def test_every_piece_of_evidence_quotes_the_cell_it_was_read_in() -> None:
    rows = [
        ("a", "title", "Enter the Brazilian market with a new business model"),
        ("b", "title", "Line 4"),
        ("b", "description", "Reduce the scrap rate on the packing line by daily kaizen events"),
        ("c", "title", "Like-for-like replacement of the worn boiler"),
    ]
    texts = pd.DataFrame(rows, columns=["project_id", "column_name", "text"])
    evidence = score_evidence(texts, read_criteria())
    cells = {(project_id, name): text for project_id, name, text in rows}
    for row in evidence.itertuples():
        assert row.quote and row.quote in cells[row.project_id, row.column_name]
    # What the text model alone sees has a quote, too.
    phrases = read_criteria().phrases
    seen = [
        row.criterion_id not in phrases.find(cells[row.project_id, row.column_name])
        for row in evidence.itertuples()
    ]
    assert any(seen) and set(evidence["project_id"]) == {"a", "b", "c"}
    assert set(evidence["reading"]) == {"evidence"}
