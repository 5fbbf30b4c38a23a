"""Words for called against is, and for the blur list."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_share

__all__ = ["state_blur", "state_clarity"]

_PATHS = ("operational", "strategic")
_CALLED = {
    "label inflation": "called strategic but {are} operational improvement",
    "hidden strategy": "called operational but {are} strategic",
    "under-governed transformation": "strategic but run as operational improvement",
    "over-governed improvement": "operational improvement but run as strategic",
}


def state_clarity(clarity: pd.DataFrame, *, group_name: str = "All") -> Claim:
    """How many projects of the two paths are called what they are.

    Args:
        clarity: As `measure_clarity` returns.
        group_name: The group spoken of.
    """
    own = clarity[(clarity["group_name"] == group_name) & clarity["track"].isin(_PATHS)]
    total = int(own["project_count"].sum())
    if not total:
        return Claim(
            "No project stands on either path, so labels cannot be compared",
            "The sort decided none of the projects for one of the two paths.",
            "Empty chart.",
            is_known=False,
        )
    right = int(own.loc[own["declared_track"] == own["track"], "project_count"].sum())
    silent = int(own.loc[own["declared_track"] == "undeclared", "project_count"].sum())
    wrong = total - right - silent
    if silent == total:
        title = (
            "The one project on the two paths carries no label that names its kind"
            if total == 1
            else f"None of the {total} projects on the two paths carries a label that names "
            f"its kind"
        )
    else:
        title = (
            f"{word_share(right / total).capitalize()} of the projects on the two paths are called "
            f"what they are"
        )
    counted = word_count(total, "project").capitalize()
    reading = (
        f"{counted} {'is' if total == 1 else 'are'} put on one of the two paths by the evidence. "
        f"Labelled as that path: {right}; as another: {wrong}; not labelled: {silent}."
    )
    return Claim(title, reading, "For each path, bars of what its projects are called.")


def state_blur(blur: pd.DataFrame, sorting: pd.DataFrame, *, currency: str) -> Claim:
    """How many projects the readings disagree on, by name of the blur, with the money.

    Args:
        blur: As `measure_blur` returns.
        sorting: The `sorting` table, for how many projects say what they are called and how they
            are run.
        currency: Of the budgets.
    """
    project_count = len(sorting)
    called = int(sorting["declared_track"].notna().sum())
    run = int(sorting["managed_track"].notna().sum())
    basis = f" {called} of {project_count} say what they are called, {run} how they are run."
    if blur.empty and not called and not run:
        return Claim(
            "Blur cannot be told: no export says what projects are called or how they are run",
            "A category or type column, or the review forum, rhythm and sponsor level, would let "
            "this be answered.",
        )
    if blur.empty:
        return Claim(
            "No project shows a blur between the two paths",
            f"In none of {project_count} projects do label, evidence and management name "
            f"different paths. Missing labels and undecided projects cannot show one.{basis}",
        )
    counts = blur["blur_type"].value_counts()
    worst = str(counts.index[0])
    money = blur["budget_cost"].sum(min_count=1)
    stake = "" if pd.isna(money) else f" with {word_money(float(money), currency)} of budget"
    title = (
        f"{word_count(len(blur), 'project').capitalize()} of {project_count}{stake} "
        f"{'is' if len(blur) == 1 else 'are'} blurred, most often by {worst}"
    )
    if len(counts) > 1 and counts.iloc[0] == counts.iloc[1]:
        title = title.rsplit(", most", 1)[0]
    parts = [
        f"{word_count(int(count), 'project')} {'is' if count == 1 else 'are'} "
        + _CALLED[str(name)].format(are="is" if count == 1 else "are")
        for name, count in counts.items()
    ]
    unknown = int(blur["budget_cost"].isna().sum())
    note = f" The budget of {unknown} of them is unknown." if unknown else ""
    sentence = "; ".join(parts)
    return Claim(title, sentence[0].upper() + sentence[1:] + "." + note + basis)
