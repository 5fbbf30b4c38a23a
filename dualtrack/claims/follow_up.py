"""Words for what became of earlier decisions."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count

__all__ = ["state_follow_up"]


def state_follow_up(follow_up: pd.DataFrame) -> Claim:
    """How many decisions were carried out, and whether a metric supports an effect.

    Args:
        follow_up: As `measure_follow_up` returns.
    """
    if follow_up.empty:
        return Claim(
            "No decision of an earlier review is recorded",
            "Decisions written into review_decisions.csv (decision, decided_at, due_date, done_at, "
            "metric) are followed up here in the next pack.",
        )
    states = follow_up["state_type"].value_counts()
    done, late = int(states.get("done", 0)), int(states.get("overdue", 0))
    title = f"{done} of {word_count(len(follow_up), 'decision')} of earlier reviews "
    title += f"{'is' if done == 1 else 'are'} done"
    title += f", {late} {'is' if late == 1 else 'are'} overdue" if late else ""
    since = follow_up.loc[follow_up["state_type"] == "done", "since_type"].value_counts()
    told = [
        f"for {int(since[kind])} of them {words}"
        for kind, words in (
            ("better", "the metric shows a signal for the better since, which supports an effect"),
            ("worse", "the metric shows a signal for the worse since"),
            ("no signal", "the metric shows no signal since: what moved is within its noise"),
            ("no readings", "the metric has no reading since"),
            ("no metric", "no metric was named"),
        )
        if since.get(kind, 0)
    ]
    reading = f"Of those done, {'; '.join(told)}." if told else "None is done yet."
    return Claim(title, reading)
