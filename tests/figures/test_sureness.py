"""How sure the sort is: columns count what the table holds, words say how many may be wrong."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims import state_sureness
from dualtrack.figures import plot_sureness
from dualtrack.figures.style import TRACK_COLORS
from dualtrack.schema import TABLES, conform, empty_frame


def make_sorting(*rows: tuple[str, float, float, float, str]) -> pd.DataFrame:
    names = ["track", "p_strategic", "p_operational", "p_maintenance", "decided_by"]
    frame = pd.DataFrame(rows, columns=names)
    frame["project_id"] = [f"list:{place}" for place in range(len(frame))]
    return conform(frame.reindex(columns=empty_frame(TABLES["sorting"]).columns), TABLES["sorting"])


FOUR = make_sorting(
    ("strategic", 0.96, 0.03, 0.01, "evidence"),
    ("operational", 0.1, 0.7, 0.2, "evidence"),
    ("operational", 0.02, 0.97, 0.01, "person"),
    ("undecided", 0.4, 0.35, 0.25, "evidence"),
)


def test_columns_stand_where_the_probabilities_lie() -> None:
    ax = plot_sureness(FOUR).axes[0]
    bars = [
        (round(one.get_x(), 2), one.get_height(), one.get_facecolor())
        for one in ax.patches
        if one.get_height()
    ]
    assert sorted(x for x, _, _ in bars) == [0.4, 0.7, 0.95, 0.95]
    assert {height for _, height, _ in bars} == {1}
    assert len({color for _, _, color in bars}) == 3
    assert {text.get_text() for text in ax.texts} == {
        "Operational improvement, 2",
        "Strategic initiatives, 1",
        "Undecided, 1",
    }
    assert set(TRACK_COLORS) >= set(FOUR["track"])


def test_words_count_sure_and_doubtful_ones_and_expected_errors() -> None:
    claim = state_sureness(FOUR)
    assert claim.title == (
        "Two of four projects are read with at least 90 % probability, one with less than 60 %"
    )
    # 0.04 + 0.3 of the two that evidence decided
    assert "less than one of the 2 decided by evidence stands on another track" in claim.reading
    many = state_sureness(make_sorting(*[("strategic", 0.7, 0.2, 0.1, "evidence")] * 10))
    assert "about 3 of the 10 decided by evidence stand on another track" in many.reading


def test_nothing_read_is_said() -> None:
    empty = empty_frame(TABLES["sorting"])
    assert not state_sureness(empty).is_known
    assert not plot_sureness(empty).axes[0].patches
