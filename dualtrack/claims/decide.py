"""What to decide, from the findings: a short list, the dearest first."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import word_count, word_money

__all__ = ["state_decisions"]

_ACTIONS = {
    "under-governed transformation": "Give it a steering forum, a senior sponsor and gates, or "
    "stop it",
    "label inflation": "Call it an improvement and let the team run it",
    "hidden strategy": "Put it on the strategic list and report it there",
    "over-governed improvement": "Hand it back to the team's own rhythm",
}
_MOST = 5  # a review that decides more than five things decides none


def state_decisions(
    blur: pd.DataFrame,
    sorting: pd.DataFrame,
    load: pd.DataFrame,
    *,
    currency: str,
    group_name: str = "All",
) -> pd.DataFrame:
    """Decisions the findings ask for.

    Args:
        blur: As `measure_blur` returns, the dearest first.
        sorting: For the number still undecided.
        load: As `measure_load` returns.
        currency: Of the budgets.
        group_name: The group spoken of.

    Returns:
        `decision`, `because`: at most five rows; none where nothing asks for one.
    """
    rows = [
        (
            f"{one.title}: {_ACTIONS[str(one.blur_type)].lower()}",
            f"{one.blur_type}"
            + ("" if pd.isna(one.budget_cost) else f", {word_money(one.budget_cost, currency)}")
            + ("" if pd.isna(one.quote) else f'; it {one.says}: "{one.quote}"'),
        )
        for one in blur.head(_MOST - 2).itertuples()
    ]
    undecided = int((sorting["track"] == "undecided").sum())
    if undecided:
        thin = int((sorting["undecided_reason"] == "thin").sum())
        rows.append(
            (
                f"Say for {word_count(undecided, 'undecided project')} which path they serve"
                if undecided > 1
                else "Say for the undecided project which path it serves",
                f"{thin} say too little to be sorted; a person's decision holds from then on",
            )
        )
    own = load[load["group_name"] == group_name]
    over = own["overloaded_count"].max() if len(own) else pd.NA
    if not pd.isna(over) and over > 0:
        rows.append(
            (
                "Take work from those booked over their capacity, or move its dates",
                f"at most {word_count(int(over), 'person', 'people')} a month over capacity",
            )
        )
    return pd.DataFrame(rows[:_MOST], columns=["decision", "because"])
