"""Words for metric fit."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count

__all__ = ["state_metric_fit"]

_NAMED = 4  # misfits named in the reading; all stand in the table


def state_metric_fit(fit: pd.DataFrame) -> Claim:
    """How many measures do not fit the work they follow, which, and what is not known.

    A measure is a metric on a project: the same metric on two projects counts twice.

    Args:
        fit: As `measure_metric_fit` returns.
    """
    alt = "Grid of measures by kind and by how often they are read, a panel for each path."
    if fit.empty:
        return Claim(
            "No metric is exported, so their fit cannot be told",
            "A list of readings with the columns Metric, Project, Date and Value would let it.",
            alt,
            is_known=False,
        )
    is_judged = fit["kind_verdict"].isin(["fits", "wrong_kind", "activity"]) | (
        fit["rhythm_verdict"] != "not_judged"
    )
    judged = fit[is_judged]
    odd = judged[judged["finding"].notna()]
    if judged.empty:
        title = f"None of {word_count(len(fit), 'measure')} could be held against its work"
    elif odd.empty:
        title = f"No misfit of kind or rhythm is found in {word_count(len(judged), 'measure')}"
    else:
        verb = "does" if len(odd) == 1 else "do"
        title = (
            f"{_head(len(odd), len(judged))} {verb} not fit the "
            f"work {'it follows' if len(odd) == 1 else 'they follow'}"
        )
    sentences = [*_name_odd(odd), *_tell_unknown(fit), *_tell_not_judged(fit)]
    sentences.append("Kinds and rhythms are judgements of the lexicon, open to correction.")
    return Claim(title, " ".join(sentences), alt)


def _head(count: int, total: int) -> str:
    if total == 1:
        return "The one measure"
    return f"{word_count(count, 'measure').capitalize()} of {total}"


def _name_odd(odd: pd.DataFrame) -> list[str]:
    order = odd.assign(weight=odd["finding"].str.count(";")).sort_values(
        ["weight", "metric_id"], ascending=[False, True]
    )
    told = [
        f"{row.metric_id}{_on(row.title)}: {row.finding}."
        for row in order.head(_NAMED).itertuples()
    ]
    more = len(odd) - _NAMED
    if more > 0:
        told.append(f"{word_count(more, 'more', 'more').capitalize()} in the table.")
    return told


def _on(title: object) -> str:
    return f" on {title}" if pd.notna(title) else ""


def _tell_unknown(fit: pd.DataFrame) -> list[str]:
    unknown = fit[fit["match_type"] == "unknown"].drop_duplicates("metric_id")
    if unknown.empty:
        return []
    named = [
        f"{row.metric_id} (nearest: {row.nearest_name})"
        if pd.notna(row.nearest_name)
        else str(row.metric_id)
        for row in unknown.head(3).itertuples()
    ]
    more = f" and {len(unknown) - 3} more" if len(unknown) > 3 else ""
    verb = "is" if len(unknown) == 1 else "are"
    return [
        f"{word_count(len(unknown), 'metric').capitalize()} {verb} unknown to the lexicon: "
        f"{', '.join(named)}{more}."
    ]


def _tell_not_judged(fit: pd.DataFrame) -> list[str]:
    told = []
    free = int(fit["project_id"].isna().sum())
    if free:
        verb = "names" if free == 1 else "name"
        told.append(
            f"{word_count(free, 'measure').capitalize()} {verb} no project: a `Project` column "
            f"filled in would let them be judged."
        )
    placed = fit[fit["project_id"].notna()]
    open_ = int((placed["track"].isna() | (placed["track"] == "undecided")).sum())
    if open_:
        verb = "follows" if open_ == 1 else "follow"
        told.append(
            f"{word_count(open_, 'measure').capitalize()} {verb} a project whose path is undecided."
        )
    return told
