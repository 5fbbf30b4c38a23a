"""Words for the demotion list, and for work and objectives that miss each other."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_number

__all__ = ["state_demotions", "state_links"]

_NAMED = 3


def state_demotions(demotions: pd.DataFrame) -> Claim:
    """Which entries of the strategic list have the weakest evidence.

    Args:
        demotions: As `measure_demotions` returns.
    """
    count = len(demotions)
    if not count:
        return Claim(
            "No project under way is strategic or called so",
            "Types, categories or tags in the exports would say what projects are called; titles "
            "and descriptions what they are.",
        )
    called = demotions[demotions["is_called_only"].fillna(False)]
    surplus = demotions[demotions["is_surplus"].fillna(False)]
    if len(called):
        title = (
            f"{_cap(word_number(len(called)))} of {word_count(count, 'project')} on the strategic "
            f"list {'is' if len(called) == 1 else 'are'} strategic in name only"
        )
    elif len(surplus):
        title = (
            f"{_cap(word_number(len(surplus)))} of {word_count(count, 'strategic initiative')} "
            f"{'goes' if len(surplus) == 1 else 'go'} beyond what units have room for"
        )
    else:
        title = (
            f"No unit's list of strategic initiatives needs to be cut: {word_number(count)} in all"
        )
    reading = (
        "On the list is what is strategic or called so, begun and not ended. In each unit it "
        "starts with what is called strategic and is not, then the weakest evidence. "
    )
    if len(called):
        # An undecided project is no proof against its name; it is told apart.
        undecided = int((called["track"] == "undecided").sum())
        names = called["title"].fillna("(no name)").head(_NAMED)
        more = f" and {word_number(len(called) - _NAMED)} more" if len(called) > _NAMED else ""
        reading += f"In name only: {'; '.join(names)}{more}. "
        if undecided:
            reading += f"Of these {word_number(undecided)} cannot be decided. "
    reading += (
        f"Beyond the room for a unit {'is' if len(surplus) == 1 else 'are'} "
        f"{word_count(len(surplus), 'project')}. "
        if demotions["unit_name"].notna().any()
        else "What is beyond the room for a unit a `unit_name` column would tell. "
    )
    reading += "A weak place on this list is a reason to ask, not to stop."
    return Claim(title, reading)


def state_links(links: pd.DataFrame, objectives: pd.DataFrame, *, currency: str) -> Claim:
    """Work without an objective, objectives without work.

    Args:
        links: As `measure_links` returns.
        objectives: The `objectives` table.
        currency: Of the budgets.
    """
    by_gap = dict(list(links.groupby("gap_type")))
    without = by_gap.get("project without objective", links.head(0))
    silent = by_gap.get("objective not recorded by the tool", links.head(0))
    unknown = by_gap.get("objective not in the list", links.head(0))
    empty = by_gap.get("objective without projects", links.head(0))
    plain = by_gap.get("objective without strategic projects", links.head(0))
    strategic = without[without["track"] == "strategic"]
    if len(silent) and without.empty and unknown.empty and empty.empty:
        title = "Whether work serves an objective cannot be told"
    else:
        title = _links_title(len(strategic), len(empty), len(objectives))
    sentences = []
    if len(strategic):
        sentences.append(_unlinked(strategic, currency))
    if len(empty):
        sentences.append(f"Without projects: {_objectives(empty)}.")
    if len(plain):
        sentences.append(
            f"Breakthroughs with work but no strategic initiative: {_objectives(plain)}."
        )
    others = len(without) - len(strategic)
    if others:
        sentences.append(
            f"{_cap(word_count(others, 'project'))} of other tracks "
            f"{'names' if others == 1 else 'name'} none either."
        )
    if len(unknown):
        sentences.append(
            f"{_cap(word_count(len(unknown), 'project'))} "
            f"{'names' if len(unknown) == 1 else 'name'} an objective that is not in the list."
        )
    if len(silent):
        sentences.append(
            f"For {word_count(len(silent), 'project')} it cannot be told: no project of their "
            "tool names an objective. An `objective_id` column would let it."
        )
    if not len(objectives):
        sentences.append("No list of objectives is among the exports, so none is known unserved.")
    return Claim(title, " ".join(sentences) or "No project under way lacks one.")


def _unlinked(strategic: pd.DataFrame, currency: str) -> str:
    money = float(strategic["budget_cost"].sum())
    budget = f", with {word_money(money, currency)} of budget" if money > 0 else ""
    names = "; ".join(strategic["title"].fillna("(no name)").head(_NAMED))
    more = len(strategic) - _NAMED
    also = f" and {word_number(more)} more" if more > 0 else ""
    return f"Strategic without an objective{budget}: {names}{also}."


def _links_title(strategic: int, empty: int, objectives: int) -> str:
    if not strategic and not empty:
        title = "No strategic initiative is known to be without an objective"
        return title + (", and every objective has work" if objectives else "")
    title = f"{_cap(word_count(strategic, 'strategic initiative'))} "
    title += "names no objective" if strategic == 1 else "name no objective"
    if objectives:
        title += f", and {word_number(empty)} of {word_count(objectives, 'objective')} "
        title += "has no work" if empty == 1 else "have no work"
    return title


def _objectives(rows: pd.DataFrame) -> str:
    titles = rows["title"].fillna("(no wording)")
    return "; ".join(
        f"{key} {title}" for key, title in zip(rows["objective_id"], titles, strict=True)
    )


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
