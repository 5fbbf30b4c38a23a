"""What the text model reads of a project, and how a phrase's quote is finished, by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.sorting.passages import gather_passages
from dualtrack.sorting.text import _finish_word

EIGHT = "one two three four five six seven eight"


def gather(*rows: tuple[str, str, str]) -> list[list[str]]:
    texts = pd.DataFrame(rows, columns=["project_id", "column_name", "text"])
    passages = gather_passages(texts)
    assert list(passages) == ["project_id", "title", "body", "body_column"]
    return passages.fillna("missing").to_numpy().tolist()


def test_the_body_is_the_description_or_where_it_is_short_the_items() -> None:
    short = EIGHT.removesuffix(" eight")
    items = [f"item {number}" for number in range(14)]
    assert gather(
        ("long", "title", "Long"),
        ("short", "title", "Short"),
        ("alone", "title", "Alone"),
        ("bare", "title", "Bare"),
        ("items", "title", "Items"),
        ("untitled", "description", "No title"),
        ("long", "description", EIGHT),
        ("short", "description", short),
        ("alone", "description", short),
        ("long", "work_items", "not read"),
        *(("short", "work_items", one) for one in items),
        ("items", "work_items", "one"),
        ("bare", "objective", "never read"),
    ) == [
        ["long", "Long", EIGHT, "description"],
        ["short", "Short", "\n".join(items[:12]), "work_items"],
        ["alone", "Alone", short, "description"],
        ["bare", "Bare", "", "description"],
        ["items", "Items", "one", "work_items"],
        ["untitled", "", "No title", "description"],
    ]


def test_lists_without_descriptions_items_or_titles_are_read_too() -> None:
    assert gather(("a", "title", "A")) == [["a", "A", "", "description"]]
    assert gather(("a", "work_items", "one")) == [["a", "", "one", "work_items"]]
    assert gather(("a", "description", "x")) == [["a", "", "x", "description"]]
    assert gather() == []


@pytest.mark.parametrize(
    ("text", "start", "end", "quote"),
    [
        ("reduce scrap", 0, 5, "reduce"),
        ("We reduce, then", 3, 8, "reduce"),
        ("cut 30% now", 4, 6, "30%"),
        ("re-use it", 0, 2, "re-use"),
        ("cut scrap", 4, 9, "scrap"),
        ("cut scrap", 3, 5, "scrap"),
        ("cut. Then", 0, 3, "cut"),
    ],
)
def test_a_quote_ends_with_a_whole_word(text: str, start: int, end: int, quote: str) -> None:
    assert _finish_word(text, start, end) == quote
