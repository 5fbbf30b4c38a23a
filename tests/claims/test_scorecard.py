"""Words of the five questions are true of the numbers, whatever they are."""

from __future__ import annotations

import pandas as pd

from dualtrack.analyses import measure_question_parts, measure_scorecard, read_questions
from dualtrack.claims import state_question, state_scorecard
from dualtrack.figures import plot_scorecard
from dualtrack.schema import TABLES, empty_frame
from dualtrack.tables import tabulate_question_parts, tabulate_scorecard
from tests.analyses.test_scorecard import checks_of
from tests.figures.test_figures import assert_readable

NO_RATINGS = empty_frame(TABLES["ratings"])


def card_of(**met: tuple[int, int]) -> pd.DataFrame:
    return measure_scorecard(checks_of(**met), NO_RATINGS, read_questions())


def trend_of(*quarters: tuple[str, pd.DataFrame]) -> pd.DataFrame:
    columns = ["question_id", "score", "score_low", "score_high"]
    return pd.concat([card[columns].assign(quarter_name=name) for name, card in quarters])


def test_nothing_known_is_said_and_not_scored() -> None:
    card = measure_scorecard(checks_of(), NO_RATINGS, read_questions())
    claim = state_scorecard(card, trend_of(("2026-Q3", card)))
    assert claim.title == "None of the five questions can be scored yet"
    parts = measure_question_parts(checks_of(), read_questions())
    assert "Too little is recorded to score this" in state_question(card.iloc[0], parts).title
    assert_readable(plot_scorecard(card, trend_of(("2026-Q3", card))))


def test_lowest_and_highest_are_named_only_where_the_intervals_part_them() -> None:
    clear = card_of(called_as_is=(5, 60), rhythm_fits=(59, 60), forum_fits=(59, 60))
    claim = state_scorecard(clear, trend_of(("2026-Q3", clear)))
    assert claim.title.startswith('"Told apart" stands lowest at 8, "Run apart" highest at 98')
    close = card_of(called_as_is=(40, 60), rhythm_fits=(42, 60), forum_fits=(42, 60))
    claim = state_scorecard(close, trend_of(("2026-Q3", close)))
    assert "the intervals leave open" in claim.title
    assert "Three questions have too little" in claim.reading


def test_a_move_is_told_only_beyond_its_interval() -> None:
    before, now = card_of(called_as_is=(10, 60)), card_of(called_as_is=(50, 60))
    moved = state_scorecard(now, trend_of(("2026-Q2", before), ("2026-Q3", now)))
    assert "Since 2026-Q2 one score moved by more than the interval." in moved.reading
    still = state_scorecard(now, trend_of(("2026-Q2", now), ("2026-Q3", now)))
    assert "no score has moved" in still.reading


def test_figure_and_tables_hold_every_question() -> None:
    card = card_of(called_as_is=(5, 60), rhythm_fits=(59, 60), forum_fits=(59, 60))
    trend = trend_of(("2026-Q2", card), ("2026-Q3", card))
    assert_readable(plot_scorecard(card, trend))
    assert len(tabulate_scorecard(card).frame) == 5
    parts = measure_question_parts(checks_of(called_as_is=(5, 60)), read_questions())
    assert len(tabulate_question_parts(parts).frame) == len(read_questions().parts)
