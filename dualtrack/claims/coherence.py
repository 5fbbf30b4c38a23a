"""Words for the coherence of metrics."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count

__all__ = ["state_coherence"]

_CONTRADICTIONS = ("two_units", "two_levels", "two_directions", "opposed", "against_usual")
_GAPS = (
    ("stale", "without a recent reading"),
    ("no_owner", "without an owner"),
    ("no_baseline", "without a baseline"),
    ("no_target", "without target or plan"),
)
_NAMED = 3


def state_coherence(coherence: pd.DataFrame, fit: pd.DataFrame) -> Claim:
    """Which metrics contradict each other or lack something, and how many projects have none.

    Args:
        coherence: As `measure_coherence` returns.
        fit: As `measure_metric_fit` returns, the same quarter: the metrics there are.
    """
    alt = "Metrics on the left, projects on the right, a line for each measure; findings named."
    bare = int((coherence["finding_type"] == "no_metric").sum())
    total = int(fit["metric_id"].nunique())
    if not total:
        tail = f" {_capital(bare, 'open project')} of both paths stand without one." if bare else ""
        return Claim(
            "No metric is exported, so nothing can be said of their coherence",
            "A list of readings with the columns Metric, Project, Date and Value would let it."
            + tail,
            alt,
            is_known=False,
        )
    odd = coherence[coherence["finding_type"].isin(_CONTRADICTIONS)]
    gaps = coherence[coherence["finding_type"].isin([kind for kind, _ in _GAPS])]
    title = _title(odd["metric_id"].nunique(), gaps["metric_id"].nunique(), total, bare)
    sentences = [f"{row.metric_id}: {row.says}." for row in _first(odd)]
    for kind, words in _GAPS:
        own = gaps[gaps["finding_type"] == kind]
        if len(own):
            names = list(dict.fromkeys(own["metric_id"]))
            more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            listed = ", ".join(names[:_NAMED])
            sentences.append(f"{words.capitalize()}: {listed}{more}.")
    sentences += _tell_bare(coherence, bare)
    return Claim(title, " ".join(sentences) or "Nothing was found.", alt)


def _first(odd: pd.DataFrame) -> list[pd.Series]:
    return list(odd.drop_duplicates(["finding_type", "says"]).head(_NAMED).itertuples())


def _title(odd: int, gaps: int, total: int, bare: int) -> str:
    parts = []
    if odd:
        verb = "contradicts itself or another" if odd == 1 else "contradict themselves or others"
        parts.append(f"{_head(odd, total)} {verb}")
    if gaps:
        verb = "lacks" if gaps == 1 else "lack"
        noun = word_count(gaps, "", " ").strip() if odd else _head(gaps, total)
        parts.append(f"{noun} {verb} readings, owner, baseline or target")
    if not parts:
        parts.append(f"no contradiction or gap is found in {word_count(total, 'metric')}")
    text = " and ".join(parts)
    if bare:
        verb = "has" if bare == 1 else "have"
        text += f"; {word_count(bare, 'open project')} {verb} no metric"
    return text[0].upper() + text[1:]


def _head(count: int, total: int) -> str:
    return "the one metric" if total == 1 else f"{word_count(count, 'metric')} of {total}"


def _tell_bare(coherence: pd.DataFrame, bare: int) -> list[str]:
    if not bare:
        return []
    own = coherence[coherence["finding_type"] == "no_metric"]
    named = int(own["says"].str.contains("title names", regex=False).sum())
    by_track = own["track"].value_counts()
    told = [
        f"Open projects without a metric, by path: {int(by_track.get('operational', 0))} "
        f"operational, {int(by_track.get('strategic', 0))} strategic."
    ]
    if named:
        verb = "names" if named == 1 else "name"
        told.append(f"{_capital(named, 'of them', 'of them')} {verb} a metric in the title.")
    return told


def _capital(count: int, one: str, many: str = "") -> str:
    return word_count(count, one, many).capitalize()
