"""Words for what became of projects between quarters."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_money, word_share, word_span

__all__ = ["state_flows", "state_moves", "state_reallocation"]

NO_EARLIER = Claim(
    "Moves cannot be told: no earlier quarter is known",
    "The exports of one quarter before, in a folder of its own, would let this be answered.",
    "Empty chart.",
    is_known=False,
)
_ORDER = (
    ("real change", "changed track in fact"),
    ("relabelled only", "relabelled only"),
    ("handed to run", "handed to run"),
    ("finished", "finished"),
    ("cancelled", "cancelled"),
    ("moved unit", "moved to another unit"),
    ("label added", "labelled for the first time"),
    ("label removed", "without the label they had"),
    ("sorted anew", "sorted anew although their words stayed, or undecided"),
    ("new", "new"),
    ("returned", "back on the list"),
    ("vanished", "gone from the list while still open"),
)


def state_moves(moves: pd.DataFrame, *, currency: str) -> Claim:
    """What happened since the quarter before: change against mere relabelling.

    Args:
        moves: As `measure_moves` returns; the last pair of quarters is spoken of.
        currency: Of the budgets.
    """
    if moves.empty:
        return NO_EARLIER
    last = moves[moves["quarter_name"] == moves["quarter_name"].iloc[-1]]
    counts = last["move_type"].value_counts()
    real, relabelled = int(counts.get("real change", 0)), int(counts.get("relabelled only", 0))
    before = last["previous_name"].iloc[0]
    both = int(last["earlier_id"].notna().sum() - counts.get("vanished", 0))
    changed = _count_or_none(real, "project")
    title = (
        f"{changed[:1].upper()}{changed[1:]} changed track in fact since {before}; "
        f"{_count_or_none(relabelled, 'project')} {'was' if relabelled < 2 else 'were'} "
        f"relabelled only"
    )
    told = [f"{counts[name]} {words}" for name, words in _ORDER if counts.get(name, 0)]
    told.append(f"{int(counts.get('unchanged', 0))} unchanged")
    verb = "is" if both == 1 else "are"
    reading = f"{_count_or_none(both, 'project')} {verb} on both lists. In all: {', '.join(told)}."
    reading = reading[:1].upper() + reading[1:]
    own = last[last["move_type"] == "relabelled only"]
    if len(own):
        away = int((own["label_direction"] == "away from what it is").sum())
        toward = int((own["label_direction"] == "toward what it is").sum())
        money = own["budget_cost"].sum(min_count=1)
        reading += (
            f" Of the relabelled, {away} went away from what the words of the project say, "
            f"{toward} toward it, {len(own) - away - toward} cannot be told"
        )
        reading += f"; their budget is {word_money(money, currency)}." if money == money else "."
    return Claim(title, reading, "Projects by what happened to them since the quarter before.")


def state_flows(flows: pd.DataFrame) -> Claim:
    """How projects flowed between tracks over the quarters known.

    Args:
        flows: As `measure_flows` returns.
    """
    if flows.empty:
        return NO_EARLIER
    first, last = flows["previous_name"].iloc[0], flows["quarter_name"].iloc[-1]
    tracks = {"operational", "strategic", "maintenance"}
    between = flows[flows["from_state"].isin(tracks) & flows["to_state"].isin(tracks)]
    crossed = between[between["from_state"] != between["to_state"]]
    count = int(crossed["project_count"].sum())
    came = int(flows.loc[flows["from_state"] == "not listed", "project_count"].sum())
    is_left = (flows["from_state"] != "finished") & (flows["to_state"] == "not listed")
    gone = int(flows.loc[is_left, "project_count"].sum())
    finished = int(
        flows.loc[
            (flows["to_state"] == "finished")
            & ~flows["from_state"].isin(["finished", "not listed"]),
            "project_count",
        ].sum()
    )
    changed = _count_or_none(count, "project")
    title = (
        f"{changed[:1].upper()}{changed[1:]} crossed from one track to another from {first} to "
        f"{last}; {came} came onto the list and {finished} finished"
    )
    reading = (
        f"{word_count(gone, 'project').capitalize()} left the list while still open. A project is "
        f"the same one by its key, else by its title in the same unit. All quarters are sorted "
        f"with the decisions of today, so a crossing means that a project's words or its work "
        f"items changed; the ledger tells which."
    )
    quarters = flows["quarter_name"].nunique() + 1
    alt = f"Projects by track over {word_count(quarters, 'quarter')}, bands for those that moved."
    return Claim(title, reading, alt)


def state_reallocation(reallocation: pd.DataFrame, targets: pd.DataFrame) -> Claim:
    """How much money and work moved, beside what is published of companies.

    Args:
        reallocation: As `measure_reallocation` returns; the span, else the last pair, is spoken of.
        targets: As `read_targets` returns; `reallocation_typical_low` and
            `reallocation_typical_mean` are told beside it.
    """
    if reallocation.empty:
        return NO_EARLIER
    is_span = reallocation["is_span"]
    own = reallocation[is_span] if is_span.any() else reallocation.tail(2)
    rows = own.set_index("quantity_type")
    money, work = rows.loc["budget_cost"], rows.loc["effort_fte"]
    quarters = word_count(int(money["quarter_count"]), "quarter")
    both = ((money, "open budget"), (work, "booked work"))
    is_units = any(pd.notna(row["unit_shift_share"]) for row, _ in both)
    column, groups = (
        ("unit_shift_share", "units") if is_units else ("track_shift_share", "the tracks")
    )
    parts = [
        f"{word_share(row[column])} of the {noun}" for row, noun in both if pd.notna(row[column])
    ]
    if not parts:
        return Claim(
            "How much money and work moved cannot be told",
            "Neither budgets nor bookings are known in both quarters. A `budget_cost` column, or a "
            "timesheet, in the exports of both would let this be answered.",
            "Empty chart.",
            is_known=False,
        )
    title = f"{' and '.join(parts)} shifted between {groups} in {quarters}"
    reading = " ".join(
        [
            "A shift compares the shares at both ends; starts and ends of projects are part of it.",
            *(
                _told(row, noun)
                for row, noun in ((money, "budget"), (work, "booked work"))
                if row["known_amount"] > 0
            ),
            _published(targets, int(money["quarter_count"])),
        ]
    )
    return Claim(title, reading.strip(), "Bars of the share that moved, by pair of quarters.")


def _told(row: pd.Series, noun: str) -> str:
    text = (
        f"Of the {noun} of {word_count(int(row['project_count']), 'project')} known in "
        f"{row['previous_name']} and {row['quarter_name']}, {word_share(row['moved_share'])} "
        f"belongs to projects that changed track in fact or unit."
    )
    if pd.notna(row["track_shift_share"]):
        text += (
            f" Between the tracks {word_share(row['track_shift_share'])} of the {noun} shifted "
            f"(90 % interval {word_span(row['shift_low'], row['shift_high'])})."
        )
    if row["unknown_count"]:
        unknown = int(row["unknown_count"])
        text += (
            f" {word_count(unknown, 'project').capitalize()} "
            f"{'does' if unknown == 1 else 'do'} not say."
        )
    return text


def _published(targets: pd.DataFrame, quarters: int) -> str:
    known = targets.set_index("target_id")
    names = ("reallocation_typical_low", "reallocation_typical_mean")
    if not set(names) <= set(known.index):
        return ""
    low, mean = (float(known.at[name, "low_value"]) for name in names)
    is_year = quarters == 4
    return (
        f"Published for capital between units in a year: {low:g} % in a third of firms, {mean:g} % "
        f"in the mean ({known.at[names[0], 'source']})"
        + (
            "."
            if is_year
            else f"; here it is {word_count(quarters, 'quarter')} of project budgets."
        )
    )


def _count_or_none(count: int, noun: str) -> str:
    return word_count(count, noun) if count else f"no {noun}"
