"""Words for the mix."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_share, word_span

__all__ = ["state_mix", "state_mix_groups", "state_mix_quarters"]

_NOUNS = {
    "projects": "projects",
    "budget_cost": "budget",
    "effort_hours": "planned work",
    "actual_cost": "money spent",
    "planned_effort_hours": "hours planned",
    "actual_effort_hours": "hours worked",
}


def state_mix(
    mix: pd.DataFrame, fragility: pd.DataFrame, *, currency: str, group_name: str = "All"
) -> Claim:
    """What the mix says: money against count, with interval and fragility.

    Args:
        mix: As `measure_mix` returns.
        fragility: As `measure_fragility` returns.
        currency: Of the budgets.
        group_name: The group spoken of.
    """
    own = mix[mix["group_name"] == group_name]
    counts = own[own["quantity_type"] == "projects"].set_index("track")["amount"]
    strategic = own[own["track"] == "strategic"].set_index("quantity_type")
    known = strategic.dropna(subset=["share"])
    if "projects" not in known.index or not counts.reindex(["strategic", "operational"]).sum():
        return Claim(
            "No project stands on either path yet",
            _beside(counts) + " More text in titles and descriptions would let the sort decide.",
            "Empty mix chart.",
            is_known=False,
        )
    title = f"Strategic initiatives are {word_share(known.at['projects', 'share'])} of the projects"
    if "budget_cost" in known.index:
        title += f" and {word_share(known.at['budget_cost', 'share'])} of the budget of both paths"
    sentences = [
        f"Of the {_NOUNS[quantity]} of both paths the strategic share is "
        f"{word_share(row['share'])} (90 % interval "
        f"{word_span(row['share_low'], row['share_high'])})"
        + _unknown(int(row["unknown_count"]), int(counts.sum()))
        + "."
        for quantity, row in known.iterrows()
    ]
    missing = [_NOUNS[name] for name in strategic.index.difference(known.index)]
    if missing:
        sentences.append(f"Nothing is known of the {' or the '.join(missing)}: no export has it.")
    sentences += [_beside(counts), *_fragile(fragility, currency)]
    alt = "Bars of the share of each path in " + ", ".join(_NOUNS[one] for one in known.index) + "."
    return Claim(title, " ".join(sentences), alt)


def state_mix_groups(mix: pd.DataFrame, *, noun: str) -> Claim:
    """How far the groups differ in their strategic share, of the budget where it is known.

    Args:
        mix: As `measure_mix` returns, more groups than `All`.
        noun: What a group is: unit, team.
    """
    strategic = mix[(mix["track"] == "strategic") & (mix["group_name"] != "All")]
    known = strategic.dropna(subset=["share"])
    quantity = next(
        (one for one in ("budget_cost", "projects") if (known["quantity_type"] == one).sum() >= 2),
        "",
    )
    if not quantity:
        return Claim(
            f"The shares of single {noun}s cannot be compared",
            f"Fewer than two {noun}s have projects decided for one of the two paths.",
            "Bars of the share of each path.",
            is_known=False,
        )
    own = known[known["quantity_type"] == quantity].sort_values("share")
    low, high = own.iloc[0], own.iloc[-1]
    is_open = (own["share_low"] < 0.5) & (own["share_high"] > 0.5)
    missing = strategic["group_name"].nunique() - len(own)
    title = (
        f"The strategic share of the {_NOUNS[quantity]} runs from {word_share(low['share'])} "
        f"({_named(low)}) to {word_share(high['share'])} ({_named(high)})"
    )
    open_count = int(is_open.sum())
    reading = (
        f"For {word_count(open_count, noun)} of {len(own)} the interval leaves open "
        f"which path holds more."
        if open_count
        else f"In none of the {word_count(len(own), noun)} does the interval leave open which "
        f"path holds more."
    )
    if missing:
        reading += f" Of {word_count(missing, noun)} nothing is known."
    return Claim(title, reading, f"Bars of the share of each path, a row per {noun}.")


def state_mix_quarters(mix: pd.DataFrame, *, quantity: str = "budget_cost") -> Claim:
    """Whether the strategic share moved from the first quarter known to the last.

    Args:
        mix: As `measure_mix_quarters` returns.
        quantity: What the share is of; of the projects where that is nowhere known twice.
    """
    strategic = mix[mix["track"] == "strategic"].dropna(subset=["share"])
    alt = "Bars of the share of each path, a row per quarter."
    own = strategic[strategic["quantity_type"] == quantity]
    if len(own) < 2:
        quantity, own = "projects", strategic[strategic["quantity_type"] == "projects"]
    if len(own) < 2:
        why = "Exports of two quarters with projects on the two paths would let it."
        return Claim("Whether the strategic share moved cannot be told", why, alt, is_known=False)
    first, last = own.iloc[0], own.iloc[-1]
    ends = (
        f"{word_share(first['share'])} ({first['group_name']}) to {word_share(last['share'])} "
        f"({last['group_name']})"
    )
    is_apart = first["share_high"] < last["share_low"] or last["share_high"] < first["share_low"]
    noun = _NOUNS[quantity]
    if is_apart:
        verb = "rose" if last["share"] > first["share"] else "fell"
        title = f"The strategic share of the {noun} {verb} from {ends}"
    else:
        title = f"The strategic share of the {noun} shows no clear move: {ends}"
    spans = "; ".join(
        f"{row['group_name']} {word_share(row['share'])} "
        f"({word_span(row['share_low'], row['share_high'])})"
        for _, row in own.iterrows()
    )
    reading = f"Share of both paths with its 90 % interval: {spans}. "
    reading += (
        "The intervals of the first and the last quarter do not touch."
        if is_apart
        else "The intervals of the first and the last quarter overlap, so doubt about the sort "
        "alone could make the difference."
    )
    return Claim(title, reading, alt)


def _named(row: pd.Series) -> str:
    """The group's name; projects without one are said to have none."""
    return "none named" if row["group_name"] == "(none)" else str(row["group_name"])


def _unknown(unknown: int, total: int) -> str:
    if not unknown:
        return ""
    return (
        f"; {word_count(unknown, 'project')} of {total} {'does' if unknown == 1 else 'do'} not say"
    )


def _beside(counts: pd.Series) -> str:
    maintenance, undecided = int(counts.get("maintenance", 0)), int(counts.get("undecided", 0))
    return (
        f"Beside the two paths stand {word_count(maintenance, 'maintenance project')} and "
        f"{word_count(undecided, 'undecided project')}."
    )


def _fragile(fragility: pd.DataFrame, currency: str) -> list[str]:
    sentences = []
    for quantity in ("budget_cost", "projects"):
        moved = fragility[fragility["quantity_type"] == quantity].sort_values("rank")
        if moved.empty:
            continue
        path = moved["track"].iloc[0]
        names = [f"{title}" for title in moved["title"].head(3)]
        if quantity == "budget_cost":
            named = "; ".join(
                f"{title} ({word_money(amount, currency)})"
                for title, amount in zip(names, moved["amount"].head(3), strict=True)
            )
            more = f" and {len(moved) - 3} more" if len(moved) > 3 else ""
            sentences.append(
                f"That the {path} path holds more budget would turn only if "
                f"{word_count(len(moved), 'project')} were relabelled: {named}{more}."
            )
        else:
            sentences.append(
                f"That it holds more projects would turn with "
                f"{word_count(len(moved), 'project')} relabelled."
                if path == _path_of(fragility, "budget_cost")
                else f"In number the {path} path holds more; "
                f"{word_count(len(moved), 'project')} relabelled would turn that."
            )
    return sentences


def _path_of(fragility: pd.DataFrame, quantity: str) -> str:
    rows = fragility[fragility["quantity_type"] == quantity]
    return str(rows["track"].iloc[0]) if len(rows) else ""
