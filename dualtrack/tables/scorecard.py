"""Tables of the five questions."""

from __future__ import annotations

import pandas as pd

from dualtrack.tables.display import DisplayColumn, DisplayTable

__all__ = ["tabulate_question_parts", "tabulate_scorecard"]


def tabulate_scorecard(scorecard: pd.DataFrame) -> DisplayTable:
    """A row a question: score, interval, leaders' rating, what would raise it, the evidence.

    Args:
        scorecard: As `measure_scorecard` returns.
    """
    return DisplayTable(
        scorecard,
        (
            DisplayColumn("question_id", "No."),
            DisplayColumn("asks", "Question"),
            DisplayColumn("score", "Score", "count"),
            DisplayColumn("score_low", "from", "count"),
            DisplayColumn("score_high", "to", "count"),
            DisplayColumn("checked_count", "Looked at", "count"),
            DisplayColumn("leaders_score", "Leaders", "count"),
            DisplayColumn("mend", "What would raise it most"),
            DisplayColumn("evidence", "Evidence"),
        ),
        "Scores are points of 100 with their 90 % interval. The evidence is the dearest of what "
        "keeps the score down.",
    )


def tabulate_question_parts(parts: pd.DataFrame) -> DisplayTable:
    """What each score is made of.

    Args:
        parts: As `measure_question_parts` returns.
    """
    return DisplayTable(
        parts,
        (
            DisplayColumn("question_id", "No."),
            DisplayColumn("met", "Counted"),
            DisplayColumn("weight", "Weight", "share"),
            DisplayColumn("met_count", "Met", "count"),
            DisplayColumn("checked_count", "Looked at", "count"),
            DisplayColumn("share", "Share", "share"),
            DisplayColumn("share_low", "from", "share"),
            DisplayColumn("share_high", "to", "share"),
            DisplayColumn("lost_points", "Points lost", "decimal"),
        ),
        "Weights are a house default, stated in reference/questions.toml. Parts with nothing "
        "recorded are left out of the score, not counted as missed.",
    )
