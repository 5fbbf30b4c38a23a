"""Words for demand against capacity by team and role."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share

__all__ = ["state_load_groups", "word_load"]

NEAR = 0.85  # house figure; direction from Thomke & Reinertsen (HBR, May 2012)
OVER = 1.005  # what rounds to 101 % and more
_NOUNS = {"team": "team", "role": "role", "unit_role": "role within a unit"}
_MANY = {"team": "teams", "role": "roles", "unit_role": "roles within a unit"}


def state_load_groups(load_groups: pd.DataFrame, *, group_type: str = "team") -> Claim:
    """The fullest group and month, how many are over or near capacity, how many are withheld.

    Args:
        load_groups: As `measure_load_groups` returns.
        group_type: `team`, `role` or `unit_role`.
    """
    one, many = _NOUNS[group_type], _MANY[group_type]
    own = load_groups[load_groups["group_type"] == group_type]
    if own.empty:
        return Claim(
            f"Load by {one} cannot be told: nobody's hours are known",
            "No export holds bookings. A timesheet with project key, person, date, role and hours "
            "would let this be answered.",
            "Empty chart.",
            is_known=False,
        )
    withheld = _withheld(own, one, many)
    known = own.dropna(subset=["load_share"])
    alt = f"Grid of load in per cent of capacity: a row for each {one}, a column for each month."
    if known.empty:
        if own["is_suppressed"].all():
            return Claim(
                f"Load by {one} is withheld: every group is too small",
                withheld,
                alt,
                is_known=False,
            )
        return Claim(
            f"Load by {one} cannot be told: capacity is unknown",
            "No export holds people's available hours by month (`capacity_hours` would let it). "
            + withheld,
            alt,
            is_known=False,
        )
    fullest = known.sort_values(["load_share", "month"], ascending=[False, True]).iloc[0]
    name = f"{_name(fullest)} at {word_load(float(fullest['load_share']))} in "
    name += f"{fullest['month']:%B}"
    over = known[known["load_share"] > OVER]
    near = known[known["load_share"].between(NEAR, OVER)]
    if len(over):
        count = over.groupby(["unit_name", "group_name"], dropna=False).ngroups
        verb = "is" if count == 1 else "are"
        title = f"{_capital(word_count(count, one, many))} {verb} booked over capacity in some "
        title += f"month; the fullest is {name}"
    else:
        title = f"No {one} shown is booked over capacity; the fullest is {name}"
    reading = (
        f"Of {len(known)} months of {word_count(_groups(known), one, many)} with known capacity, "
        f"{len(over)} are over capacity and {len(near)} more at {100 * NEAR:.0f} % or above, where "
        f"queues grow long. A person's capacity is shared over {many} as the booked hours are. "
    )
    return Claim(title, (reading + withheld).strip(), alt)


def word_load(share: float) -> str:
    """A load in per cent; with a decimal where rounding would put it on the wrong side of a limit.

    Limits are full capacity and the 85 % from which a group counts as near it.
    """
    for limit in (NEAR, 1.0):
        if share != limit and round(100 * share) == round(100 * limit):
            return f"{100 * share:.1f} %"
    return word_share(share)


def _groups(rows: pd.DataFrame) -> int:
    return int(rows.groupby(["unit_name", "group_name"], dropna=False).ngroups)


def _name(row: pd.Series) -> str:
    noun = "team" if row["group_type"] == "team" else "role"
    name = f"work without a {noun}" if row["group_name"] == "(none)" else str(row["group_name"])
    return name if pd.isna(row["unit_name"]) else f"{name} ({row['unit_name']})"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _withheld(own: pd.DataFrame, one: str, many: str) -> str:
    hidden = own[own["is_suppressed"]]
    if hidden.empty:
        return ""
    return (
        f"{_capital(word_count(_groups(hidden), one, many))} of {_groups(own)} "
        f"{'is' if _groups(hidden) == 1 else 'are'} withheld in some month: too few people, or "
        f"shown they would tell the load of too few."
    )
