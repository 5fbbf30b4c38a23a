"""Figures of an evaluation, worked by hand; labelled records read and their faults named."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dualtrack.errors import SortingError
from dualtrack.sorting import evaluate_labels, read_criteria, read_labelled
from dualtrack.sorting.evaluate import _by_source, _calibration_error, _mean_f1
from dualtrack.sorting.score import NATURES

CLEAR = [
    ("Enter the Brazilian market with a new business model", "strategic"),
    ("Open up a new region and build a new capability for it", "strategic"),
    ("Reduce the scrap rate on line 4 by daily kaizen", "operational"),
    ("Shorten changeover times and cut rework on the packing line", "operational"),
    ("Like-for-like replacement of the worn boiler", "neither-run"),
]


def labelled(*rows: tuple[str, str], **columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["title", "label"]).assign(**columns)


def test_mean_f1_by_hand() -> None:
    truth = np.array(["strategic"] * 2 + ["operational"] * 2 + ["maintenance"])
    found = np.array(["strategic", "operational", "operational", "operational", "strategic"])
    # Operational 2 x 2 / (2 + 3), strategic 2 x 1 / (2 + 2), maintenance 2 x 0 / (1 + 0).
    assert _mean_f1(truth, found, NATURES) == pytest.approx((0.8 + 0.5 + 0.0) / 3)
    assert _mean_f1(truth, found, ("strategic",)) == 0.5
    assert _mean_f1(truth[:1], found[:1], ("operational", "strategic")) == 0.5
    assert np.isnan(_mean_f1(truth[:0], found[:0], NATURES))


def test_calibration_error_by_hand() -> None:
    # Bins of a tenth: 1.0 stands in the last with 0.9. Gaps 0.45, 0.35, 0.05 of 2, 2, 1 in five.
    chance = np.array([1.0, 0.9, 0.85, 0.85, 0.05])
    is_right = np.array([True, False, True, False, False])
    expected = 0.45 * 0.4 + 0.35 * 0.4 + 0.05 * 0.2
    assert _calibration_error(chance, is_right) == pytest.approx(expected)


def test_each_source_has_its_coverage_and_its_accuracy_on_what_was_decided() -> None:
    rows = pd.DataFrame({"source": ["b", "a", "b", "b", "c"]})
    is_decided = np.array([True, True, True, False, False])
    found = _by_source(rows, is_decided, np.array([True, False, False, True, True]))
    assert list(found) == ["source", "record_count", "coverage", "decided_accuracy"]
    told = found.fillna(-1).to_numpy().tolist()
    assert told == [["a", 1, 1.0, 0.0], ["b", 3, pytest.approx(2 / 3), 0.5], ["c", 1, 0.0, -1]]
    none = _by_source(pd.DataFrame({"title": ["x"]}), is_decided[:1], is_decided[:1])
    assert none.empty and list(none) == list(found)


def test_an_evaluation_of_six_clear_records_one_of_them_labelled_wrongly() -> None:
    rows = [*CLEAR, ("Lower the defect rate of the filling line by better checks", "strategic")]
    found = evaluate_labels(labelled(*rows, source=list("aaabbb")), read_criteria())
    assert found.accuracy == pytest.approx(5 / 6)
    # Strategic 2 x 2 / (3 + 2), operational 2 x 2 / (2 + 3), maintenance 1.
    assert found.macro_f1 == pytest.approx((0.8 + 0.8 + 1.0) / 3)
    assert found.binary_f1 == pytest.approx(0.8)
    assert found.coverage == 1.0 and found.decided_accuracy == pytest.approx(5 / 6)
    assert found.confusion.loc["strategic"].to_dict() == {
        "maintenance": 0,
        "operational": 1,
        "strategic": 2,
    }
    assert found.by_source["record_count"].tolist() == [3, 3]
    assert found.by_source["decided_accuracy"].round(3).tolist() == [1.0, 0.667]


def test_a_description_is_read_with_its_title_and_nothing_at_all_is_undecided() -> None:
    rows = labelled(("Programme 7", "strategic"), ("Programme 8", "strategic"))
    bare = evaluate_labels(rows, read_criteria())
    assert bare.coverage == 0.0 and np.isnan(bare.decided_accuracy)
    assert bare.confusion.to_dict() == {"undecided": {"strategic": 2}}
    told = evaluate_labels(rows.assign(description=[CLEAR[0][0], "  "]), read_criteria())
    assert told.coverage == 0.5 and told.decided_accuracy == 1.0


def test_labelled_records_are_read_with_their_tracks(tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text("title,label\nNA,neither-run\nB,maintenance\nC,strategic\n", "utf-8-sig")
    found = read_labelled(path)
    assert found.to_dict("list") == {
        "title": ["NA", "B", "C"],
        "label": ["maintenance", "maintenance", "strategic"],
        "description": ["", "", ""],
    }
    path.write_text("label,title,description\noperational,A,\noperational,B,b\n", "utf-8")
    assert read_labelled(path)["description"].tolist() == ["", "b"]


def test_what_is_wrong_with_labelled_records_is_named(tmp_path: Path) -> None:
    def message(rows: pd.DataFrame) -> str:
        with pytest.raises(SortingError) as found:
            evaluate_labels(rows, read_criteria())
        return str(found.value)

    give = "Give title, description, label."
    assert message(pd.DataFrame({"name": ["x"]})) == (
        f"Labelled records lack ['title', 'label']; found columns ['name']. {give}"
    )
    assert message(labelled()) == (
        f"Labelled records lack rows; found columns ['title', 'label']. {give}"
    )
    odd = [("A", word) for word in ("z", "y", "y", "x", "w", "v", "u", "strategic")]
    assert message(labelled(*odd)) == (
        "Labels ['u', 'v', 'w', 'x', 'y'] are none of "
        "['maintenance', 'neither-run', 'operational', 'strategic']."
    )
    with pytest.raises(SortingError, match=r"none\.csv: no such file\. Give a CSV with title,"):
        read_labelled(tmp_path / "none.csv")
