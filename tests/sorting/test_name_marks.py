"""Names are found by their marks alone, and only with the key they were made with."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.config import PrivacySettings, Settings
from dualtrack.records.people import pseudonyms
from dualtrack.sorting.name_marks import mark_names, read_marks
from dualtrack.sorting.private_text import hide_in_text, hide_written
from dualtrack.sorting.second_reader.names import list_names

KEY, OTHER = (
    pseudonyms(Settings(privacy=PrivacySettings(people_key=key))) for key in ("key", "other")
)
MARKS = mark_names(list_names(["Bohumil Värtinen", "Quistgard, Ada"]), KEY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Värtinen stops it", "[name] stops it"),
        ("ask B. VAERTINEN", "ask [name]"),
        ("Ada Quistgard and bvartinen", "[name] and [name]"),
        ("Nobody else, 12 %", "Nobody else, 12 %"),
    ],
)
def test_names_are_found_by_their_marks(text: str, expected: str) -> None:
    assert hide_in_text(text, read_marks(MARKS, KEY)) == expected


def test_another_key_finds_nobody_and_marks_hold_no_name() -> None:
    assert hide_in_text("Värtinen stops it", read_marks(MARKS, OTHER)) == "Värtinen stops it"
    assert all(len(one) == 10 and set(one) <= set("0123456789abcdef") for one in MARKS)


def test_tables_of_texts_keep_their_ids() -> None:
    written = pd.DataFrame({"metric_id": ["Quistgard"], "decision": ["Quistgard calls"]})
    hidden = hide_written(written, MARKS, pseudonym=KEY)
    assert hidden.to_dict("records") == [{"metric_id": "Quistgard", "decision": "[name] calls"}]
