"""Looking phrases up by how they begin finds what one long expression would find."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.sorting import read_corpus, read_criteria
from dualtrack.sorting.phrases import _has_choice, index_phrases, lower_text

PHRASES = {
    "down": ("reduc", r"cut(s|ting)? (the )?\w+", r"\d+ ?% less", "ramp|rise"),
    "new": ("open(ing)? a", r"new-?build", "Übersee", r"no \w+ more"),
}


def search_plainly(text: str, phrases: dict[str, tuple[str, ...]]) -> dict[str, int]:
    found = {}
    for name, expressions in phrases.items():
        joined = "|".join(f"(?:{one})" for one in expressions)
        if hit := re.search(rf"(?<![^\W_])(?:{joined})", text, re.IGNORECASE):
            found[name] = hit.start()
    return found


def starts(text: str, phrases: dict[str, tuple[str, ...]]) -> dict[str, int]:
    return {name: span[0] for name, span in index_phrases(phrases).find(text).items()}


def test_every_training_line_shows_the_same_criteria_at_the_same_place() -> None:
    criteria = read_criteria()
    phrases = {one.criterion_id: one.phrases for one in criteria.criteria}
    lines = read_corpus().iloc[::40]
    shown = 0
    for text in [*lines["title"], *lines["description"]]:
        found = {name: span[0] for name, span in criteria.phrases.find(text).items()}
        assert found == search_plainly(text, phrases), text
        shown += len(found)
    assert shown > 100


WORDS = ["Reduce", "recut", "cutting the", "5% less", "RAMP", "open a", "newbuild", "übersee", "no"]


@given(st.lists(st.sampled_from([*WORDS, "more", "hub", "-", "_", "3"]), max_size=9).map(" ".join))
def test_words_in_any_order_show_the_same(text: str) -> None:
    assert starts(text, PHRASES) == search_plainly(text, PHRASES)


def test_a_letter_that_grows_in_lower_case_keeps_every_place() -> None:
    text = "İİ reduce"
    assert len(lower_text(text)) == len(text)
    assert index_phrases(PHRASES).find(text) == {"down": (3, 8)}


@pytest.mark.parametrize(
    ("expression", "is_choice"),
    [
        ("a|b", True),
        ("(a)|b", True),
        ("|", True),
        ("(a|b)", False),
        ("((a|b)c|d)e", False),
        ("((a)|b)|c", True),
        (r"a\|b", False),
        (r"\(a|b", True),
        (r"(a\)|b)", False),
        ("[|]", False),
        ("[(]|b", True),
        ("ab", False),
    ],
)
def test_a_choice_is_one_outside_all_brackets(expression: str, is_choice: bool) -> None:
    assert _has_choice(expression) is is_choice
