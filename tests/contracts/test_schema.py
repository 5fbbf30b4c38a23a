"""Every table is declared once, and the dictionary in data/README.md says the same."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.errors import RecordError
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform, empty_frame
from dualtrack.schema.dictionary import write_dictionary
from tests.conftest import ROOT


def test_dictionary_is_in_step_with_the_schema() -> None:
    assert (ROOT / "data/README.md").read_text("utf-8") == write_dictionary(), (
        "run `make dictionary`"
    )


def test_same_name_has_the_same_type_in_every_table() -> None:
    kinds: dict[str, set[str]] = {}
    for table in TABLES.values():
        for column in table.columns:
            kinds.setdefault(column.name, set()).add(column.type)
    # A metric's value is a number, a finding's the text of a cell; DESIGN names both so.
    assert {name for name, found in kinds.items() if len(found) > 1} == {"value"}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_empty_table_conforms(name: str) -> None:
    assert list(conform(empty_frame(TABLES[name]), TABLES[name])) == TABLES[name].column_names


def test_conform_refuses_unknown_columns_wrong_values_and_repeated_keys() -> None:
    table = TABLES["objectives"]
    with pytest.raises(RecordError, match="no column"):
        conform(pd.DataFrame({"objectiv": ["a"]}), table)
    with pytest.raises(RecordError, match="repeated keys"):
        conform(pd.DataFrame({"objective_id": ["a", "a"]}), table)
    with pytest.raises(RecordError, match="allowed are"):
        conform(pd.DataFrame({"project_id": ["a"], "track": ["kaizen"]}), TABLES["sorting"])
    with pytest.raises(RecordError, match="do not fit"):
        conform(pd.DataFrame({"project_id": ["a"], "p_strategic": ["x"]}), TABLES["sorting"])


def test_sample_tables_conform(sample_portfolio: Portfolio) -> None:
    for name, frame in sample_portfolio.tables().items():
        pd.testing.assert_frame_equal(conform(frame, TABLES[name]), frame)
