"""Words for the X-matrix."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share

__all__ = ["state_xmatrix"]

_NAMED = 3


def state_xmatrix(xmatrix: pd.DataFrame, links: pd.DataFrame, checks: pd.DataFrame) -> Claim:
    """What hangs together from breakthroughs to owners, and the loose ends.

    Args:
        xmatrix: As `measure_xmatrix` returns.
        links: As `measure_xmatrix_links` returns.
        checks: As `measure_xmatrix_checks` returns.
    """
    alt = (
        "X-matrix: breakthroughs, annual aims, priorities, measures and owners around an X, with "
        "a mark in the corners where two are tied."
    )
    counts = xmatrix["item_type"].value_counts()
    priorities = int(counts.get("priority", 0))
    tops = int(counts.get("breakthrough", 0))
    if not priorities:
        return Claim(
            "No open project stands on the strategic path, so the X-matrix has no priorities",
            f"{word_count(tops, 'breakthrough').capitalize()} in the objectives list.",
            alt,
            is_known=False,
        )
    sentences = [_tell_drawn(xmatrix, priorities), *_tell_objectives(xmatrix, links, checks)]
    sentences += _tell_rest(checks)
    is_tied = bool(((links["from_type"] == "priority") & (links["to_type"] != "priority")).any())
    return Claim(
        _title(xmatrix, checks, priorities, tops, is_tied=is_tied), " ".join(sentences), alt
    )


def _count(checks: pd.DataFrame, kind: str) -> int:
    return int((checks["check_type"] == kind).sum())


def _title(
    xmatrix: pd.DataFrame, checks: pd.DataFrame, priorities: int, tops: int, *, is_tied: bool
) -> str:
    noun = "strategic priority" if priorities == 1 else "strategic priorities"
    parts = []
    bare = _count(checks, "priority_without_measure")
    orphans = _count(checks, "orphan_priority")
    if not tops:
        parts.append("no breakthrough is listed")
    elif not is_tied and not orphans:
        it = "it serves" if priorities == 1 else "they serve"
        parts.append(f"no export says which breakthrough {it} (an objective column would)")
    elif orphans:
        verb = "serves" if orphans == 1 else "serve"
        parts.append(f"{_some(orphans, priorities)} {verb} no breakthrough")
    if not (xmatrix["item_type"] == "measure").any():
        parts.append(f"no measure follows {'it' if priorities == 1 else 'them'}")
    elif bare:
        verb = "has" if bare == 1 else "have"
        parts.append(f"{_some(bare, priorities)} {verb} no measure")
    loose = _count(checks, "unsupported_breakthrough")
    if loose and tops:
        verb = "is" if loose == 1 else "are"
        parts.append(f"{word_count(loose, 'breakthrough')} {verb} served by nothing")
    head = f"{word_count(priorities, noun, noun).capitalize()}"
    if not parts:
        return f"{head}: no loose end is found"
    return f"{head}: {' and '.join([', '.join(parts[:-1]), parts[-1]] if parts[1:] else parts)}"


def _some(count: int, total: int) -> str:
    return "it" if total == 1 else word_count(count, "", " ").strip()


def _tell_drawn(xmatrix: pd.DataFrame, priorities: int) -> str:
    own = xmatrix[xmatrix["item_type"] == "priority"]
    drawn = own[own["is_drawn"].astype(bool)]
    left = priorities - len(drawn)
    if not left:
        return f"All {priorities} are drawn." if priorities > 1 else "It is drawn."
    total = own["budget_cost"].sum()
    share = (
        f", {word_share(drawn['budget_cost'].sum() / total)} of the known strategic budget"
        if total > 0
        else ""
    )
    verb = "is" if left == 1 else "are"
    return (
        f"Drawn are the {len(drawn)} largest by budget{share}; {word_count(left, 'more', 'more')} "
        f"{verb} left out of the drawing, not of the checks."
    )


def _tell_objectives(xmatrix: pd.DataFrame, links: pd.DataFrame, checks: pd.DataFrame) -> list[str]:
    told = []
    aims = int((xmatrix["item_type"] == "aim").sum())
    ties = links[["from_type", "to_type"]].value_counts()
    if aims and not ties.get(("aim", "breakthrough"), 0):
        told.append(
            f"{'No' if aims > 1 else 'The'} annual aim {'names' if aims > 1 else 'names no'} "
            f"{'a ' if aims > 1 else ''}breakthrough: a `Parent ID` column filled in would let it."
        )
    direct = int(ties.get(("priority", "breakthrough"), 0)) - int(ties.get(("priority", "aim"), 0))
    if aims and direct > 0 and not ties.get(("priority", "aim"), 0):
        told.append(
            "Priorities name breakthroughs directly: no annual aim stands between, so nothing says "
            "what is due this year."
        )
    for row in checks[checks["check_type"] == "objective_not_exported"].itertuples():
        told.append(f"{row.item_name} {row.says}: an objective column would let them be tied.")
    return told


def _tell_rest(checks: pd.DataFrame) -> list[str]:
    told = []
    for kind, words in (
        ("unsupported_breakthrough", "Served by no open project"),
        ("unsupported_aim", "Aims that no open project serves"),
        ("aim_without_breakthrough", "Aims below no breakthrough"),
        ("orphan_priority", "Serving no breakthrough"),
        ("measure_without_one_owner", "Measures without exactly one owner"),
        ("dense_links", "So many ties that one says little"),
        ("many_breakthroughs", "Too many to lead"),
    ):
        own = checks[checks["check_type"] == kind]
        if own.empty:
            continue
        if kind in {"dense_links", "many_breakthroughs"}:
            told.append(f"{words}: {own['says'].iloc[0]}.")
            continue
        names = own["item_name"].fillna(own["item_id"]).head(_NAMED).tolist()
        more = f" and {len(own) - _NAMED} more" if len(own) > _NAMED else ""
        told.append(f"{words}: {'; '.join(names)}{more}.")
    over = _count(checks, "overloaded_owner")
    if over:
        verb = "owns" if over == 1 else "own"
        told.append(f"{word_count(over, 'owner').capitalize()} {verb} more than three priorities.")
    return told
