"""The sort of a quarter written and read back."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from dualtrack.schema import TABLES, conform
from dualtrack.sorting.snapshot import read_sorting_snapshot, write_sorting_snapshot
from tests.conftest import make_sorting


def test_a_sort_comes_back_whole_with_its_counts_beside_it(tmp_path: Path) -> None:
    sorting = make_sorting({"track": "strategic"}, {"track": "operational"}, {"track": "strategic"})
    evidence = conform(
        pd.DataFrame({"project_id": ["list:1"], "reading": "evidence", "quote": ["Märkte"]}),
        TABLES["evidence"],
    )
    folder = tmp_path / "new" / "folder"
    for _ in range(2):  # a second time over the first
        write_sorting_snapshot(sorting.set_axis([7, 8, 9]), evidence, folder)
    assert sorted(one.name for one in folder.iterdir()) == [
        "evidence.parquet",
        "sorting.json",
        "sorting.parquet",
    ]
    text = (folder / "sorting.json").read_text("utf-8")
    assert text == '{\n "strategic": 2,\n "operational": 1\n}\n'
    assert json.loads(text) == {"strategic": 2, "operational": 1}
    # The index is no part of the file: pandas would bring it back as a column or as an index.
    assert pd.read_parquet(folder / "sorting.parquet").index.tolist() == [0, 1, 2]
    sorted_again, evidence_again = read_sorting_snapshot(folder)
    pd.testing.assert_frame_equal(sorted_again, sorting)
    pd.testing.assert_frame_equal(evidence_again, evidence)
