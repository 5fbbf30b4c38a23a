"""The text model: quotes are words of the text, readings are kept, noise is no evidence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dualtrack.portfolio import Portfolio
from dualtrack.sorting import read_criteria, read_decisions, score_evidence, sort_projects
from dualtrack.sorting.passages import gather_passages
from dualtrack.sorting.reading_cache import read_passages_once
from dualtrack.sorting.text_model import read_passages, read_text_model
from tests.conftest import make_projects

CELLS = ["project_id", "column_name", "text"]


def texts_of(*cells: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(cells, columns=CELLS)


def passages_of(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["title", "body"])


def test_a_criterion_is_quoted_where_it_stands() -> None:
    model = read_text_model()
    title, body = "Year plan", "Canteen as before. A second plant is built in Porto."
    reading = read_passages(passages_of((title, body)), model)
    place = model.criterion_ids.index("new_infrastructure")
    quote = body[reading.starts[0, place] : reading.ends[0, place]]
    assert reading.in_body[0, place]
    assert "plant" in quote
    assert "before" not in quote  # a quote stays in its clause


@settings(max_examples=40)
@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=120)), min_size=1, max_size=4))
def test_any_text_gives_shares_from_0_to_1_and_spans_inside_it(
    pairs: list[tuple[str, str]],
) -> None:
    reading = read_passages(passages_of(*pairs), read_text_model())
    assert ((reading.shown >= 0) & (reading.shown <= 1)).all()
    for row, (title, body) in enumerate(pairs):
        length = np.where(reading.in_body[row], len(body), len(title))
        assert (reading.starts[row] <= reading.ends[row]).all()
        assert (reading.ends[row] <= length).all()


def test_kept_readings_are_the_same_and_a_broken_cache_costs_only_time(tmp_path: Path) -> None:
    model, cache = read_text_model(), tmp_path / "deep" / "readings.npz"
    pairs = passages_of(
        ("Open a hub", "in Riga"), ("Repair the roof", ""), ("Open a hub", "in Riga")
    )
    fresh = read_passages_once(pairs, model, cache_file=None)
    for _ in range(2):  # written, then read
        kept = read_passages_once(pairs, model, cache_file=cache)
        np.testing.assert_array_equal(kept.shown, fresh.shown)
        np.testing.assert_array_equal(kept.starts, fresh.starts)
        np.testing.assert_array_equal(kept.ends, fresh.ends)
    cache.write_bytes(cache.read_bytes()[:100])
    again = read_passages_once(pairs, model, cache_file=cache)
    np.testing.assert_array_equal(again.shown, fresh.shown)


def test_a_short_description_gives_way_to_the_items_and_an_objective_is_not_read() -> None:
    passages = gather_passages(
        texts_of(
            ("p", "title", "Hub"),
            ("p", "description", "See plan"),
            ("p", "work_items", "Rent hall"),
            ("p", "work_items", "Hire drivers"),
            ("p", "objective", "Enter the Baltic market"),
            ("q", "title", "Roof"),
            ("q", "description", "The roof of hall two leaks at the north end since spring"),
        )
    ).set_index("project_id")
    assert passages.loc["p", ["body", "body_column"]].tolist() == [
        "Rent hall\nHire drivers",
        "work_items",
    ]
    assert passages.loc["q", "body_column"] == "description"


def test_words_without_sense_and_unknown_scripts_are_never_decided() -> None:
    titles = ["Zxcv", "Πλάνο", "北計画", "新产品", "Проект Альфа", "Hjkl Zxcv"]
    portfolio = Portfolio.from_tables(
        {"projects": make_projects(*({"title": one} for one in titles))},
        as_of_date=pd.Timestamp("2026-09-30"),
        currency="EUR",
    )
    sorting, _ = sort_projects(portfolio, read_criteria(), read_decisions(Path("none.csv")))
    assert set(sorting["track"]) == {"undecided"}


def test_no_text_at_all_gives_an_empty_frame() -> None:
    assert score_evidence(texts_of(), read_criteria()).empty


def test_a_passage_reads_the_same_whatever_stands_beside_it() -> None:
    rows = [
        ("Open a hub in Riga", "First warehouse of the company outside the home market"),
        ("Cut scrap", ""),
        ("Replace boiler", "Like for like, end of life " * 20),
    ]
    together = pd.DataFrame(rows, columns=["title", "body"])
    model = read_text_model()
    whole = read_passages(together, model)
    for place in range(len(rows)):
        alone = read_passages(together.iloc[[place]], model)
        assert (alone.shown[0] == whole.shown[place]).all()
        assert (alone.starts[0] == whole.starts[place]).all()
