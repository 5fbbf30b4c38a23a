"""Words for leaders' time."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share, word_span

__all__ = [
    "state_leader_days",
    "state_leader_months",
    "state_leader_shares",
    "state_leader_weeks",
]

NO_CALENDAR = Claim(
    "Leaders' time cannot be told: no meeting with a start and an end is known",
    "A calendar of the leadership team, saved as ICS or CSV with subject, start and end, would let "
    "this be answered.",
    "Empty chart.",
    is_known=False,
)
# Beyond this share of meeting time under another meeting, a calendar is that of several people.
_OVERLAPPING = 0.25


def state_leader_shares(shares: pd.DataFrame, targets: pd.DataFrame) -> Claim:
    """What share of meeting time each track has, and what is published of leaders' time.

    Args:
        shares: As `measure_leader_shares` returns.
        targets: As `read_targets` returns; `ceo_time_strategy` and `ceo_time_reactive_max` are
            told beside it.
    """
    own = shares[shares["level_name"] == "All"].set_index("track")
    if own.empty:
        return NO_CALENDAR
    hours, total = own["hours"], float(own["hours"].sum())
    strategic = own.loc["strategic"]
    title = (
        f"Strategy has {word_share(strategic['share'])} of the meeting time in the calendar, "
        f"operations {word_share(own.at['operational', 'share'])} and upkeep "
        f"{word_share(own.at['maintenance', 'share'])}"
    )
    people = float(own["person_hours"].sum())
    by_forum = float(own["by_forum_hours"].sum())
    reading = (
        f"{total:,.0f} hours of meetings, {people:,.0f} person-hours by the people invited. The "
        f"strategic share is {word_share(strategic['share'])} (90 % interval "
        f"{word_span(strategic['share_low'], strategic['share_high'])})"
    )
    reading += f"; {hours['undecided']:.1f} hours are undecided." if hours["undecided"] else "."
    if by_forum:
        reading += (
            f" {by_forum:.0f} hours are sorted by the name of their forum alone, which the "
            f"interval takes at its word."
        )
    unlisted = int(own["unlisted_count"].sum())
    if unlisted:
        reading += (
            f" {word_count(unlisted, 'meeting').capitalize()} "
            f"{'lists' if unlisted == 1 else 'list'} nobody and "
            f"{'counts' if unlisted == 1 else 'count'} for one person."
        )
    return Claim(title, f"{reading}{_context(targets)}", "Meeting time by track.")


def _context(targets: pd.DataFrame) -> str:
    known = targets.set_index("target_id")
    if not {"ceo_time_strategy", "ceo_time_reactive_max"} <= set(known.index):
        return ""
    time = known.loc["ceo_time_strategy"]
    return (
        f" For context: {time['low_value']:.0f} % of the whole work time of 27 chief executives "
        f"went to strategy, {known.at['ceo_time_reactive_max', 'high_value']:.0f} % was reactive "
        f"({time['source']}); a calendar shows meetings only, and cannot tell which were reactive."
    )


def state_leader_weeks(weeks: pd.DataFrame) -> Claim:
    """How many weeks of the calendar had any strategy.

    Args:
        weeks: As `measure_leader_weeks` returns.
    """
    if weeks.empty:
        return NO_CALENDAR
    by_week = weeks.pivot_table(
        index="week_date", columns="track", values="hours", aggfunc="sum", fill_value=0.0
    )
    strategic = by_week["strategic"]
    total, without = len(by_week), int((strategic == 0).sum())
    title = (
        f"{_of(without, total, 'week')} of the calendar had no strategy on an agenda"
        if without
        else "Every week of the calendar had strategy on an agenda"
    )
    if total == 1:
        title = f"The one week of the calendar had {strategic.iloc[0]:.1f} hours of strategy"
    reading = (
        f"A week has {by_week.sum(axis=1).median():.1f} hours of meetings in the median, "
        f"{strategic.median():.1f} of them strategic. Hours are those of the calendar: each "
        f"meeting once, its minutes shared evenly by its agenda items."
    )
    alt = "Bars of meeting hours a week, by track."
    return Claim(title, reading, alt)


def state_leader_months(months: pd.DataFrame, targets: pd.DataFrame) -> Claim:
    """Protected strategic hours a month against the two published figures, which conflict.

    Args:
        months: As `measure_leader_months` returns.
        targets: As `read_targets` returns; `strategy_time_team_low` and `strategy_time_team` are
            both shown.
    """
    if months.empty or not months["meeting_hours"].sum():
        return NO_CALENDAR
    whole = months[months["is_whole"]]
    used = whole if len(whole) else months
    hours = float(used["protected_hours"].median())
    published = _published(targets)
    compared = [
        f"{'above' if hours > value else 'below' if hours < value else 'at'} the {value:g} "
        f"{'hour' if value == 1 else 'hours'} of {source}"
        for value, source in published
    ]
    span = f"{used['protected_hours'].min():.1f} to {used['protected_hours'].max():.1f}"
    title = f"Strategy has {_hours(hours)} a month to itself"
    if compared:
        title += ", " + " and ".join(compared)
    reading = (
        f"Protected is the time of strategic items in meetings without operations or upkeep: "
        f"{span} hours a month, median of {word_count(len(used), 'month')}"
        + ("" if len(whole) else ", none of them whole")
        + f". Doubt of the sort puts single months between {used['protected_low'].min():.1f} and "
        f"{used['protected_high'].max():.1f} hours. In all, strategic items have "
        f"{used['strategic_hours'].median():.1f} hours a month."
    )
    if len(published) > 1:
        reading += (
            " The two published figures conflict, so both are shown; each is of the time a whole "
            "leadership team gives to strategy."
        )
    left_out = int(months["left_out_count"].sum())
    if left_out:
        entries = word_count(left_out, "entry", "entries")
        reading += f" {entries.capitalize()} without a length or over 12 hours are left out."
    return Claim(title, reading, "Bars of strategic hours a month, protected and shared.")


def _published(targets: pd.DataFrame) -> list[tuple[float, str]]:
    known = targets.set_index("target_id")
    ids = ("strategy_time_team_low", "strategy_time_team")
    return [
        (float(known.at[name, "low_value"]), _author(known.loc[name]))
        for name in ids
        if name in known.index
    ]


def _author(target: pd.Series) -> str:
    name = str(target["source"]).split(",")[0]
    return f"{name} ({target['year']})"


def state_leader_days(days: pd.DataFrame, *, block_minutes: int = 90) -> Claim:
    """How much of the time between meetings comes in blocks long enough to work in.

    Args:
        days: As `measure_leader_days` returns.
        block_minutes: Shortest block that counts, as measured.
    """
    if days.empty:
        return Claim(
            "Free time between meetings cannot be told",
            "No meeting with a length lies in working hours, Monday to Friday. A calendar with "
            "start and end of each meeting would let this be answered.",
            "Empty chart.",
            is_known=False,
        )
    busy, overlap = float(days["busy_minutes"].sum()), float(days["overlap_minutes"].sum())
    doubled = overlap / (busy + overlap)
    if doubled > _OVERLAPPING:
        return Claim(
            "Free time between meetings cannot be told: the calendar is that of several people",
            f"{word_share(doubled)} of the meeting time lies on top of another meeting. A calendar "
            f"of one person, or of one team's meetings, would let this be answered.",
            "Working time of each day: meetings and what is left.",
            is_known=False,
        )
    free = float(days["free_minutes"].sum())
    share = float(days["block_minutes"].sum()) / free if free else float("nan")
    without = int((days["block_count"] == 0).sum())
    title = (
        f"{word_share(share)} of the time between meetings comes in blocks of {block_minutes} "
        f"minutes or more"
        if free
        else "Meetings leave no working time between them"
    )
    had = f"{_of(without, len(days), 'day')} with a meeting had no such block"
    if not without:
        had = f"Every day with a meeting ({len(days)}) had such a block"
    reading = (
        f"{had}; the longest time without a meeting was "
        f"{days['longest_minutes'].median() / 60:.1f} hours in the median. This is as if one "
        f"person went to every meeting of this calendar and to no other: whoever has more "
        f"meetings has less. Days without a meeting, weekends and time outside working hours do "
        f"not count."
    )
    return Claim(title, reading, "Working time of each day: meetings and what is left.")


def _of(count: int, total: int, noun: str) -> str:
    if not count:
        return f"No {noun} of {total}"
    if count == total:
        return f"All {word_count(total, noun)}" if total > 1 else f"The one {noun}"
    return f"{word_count(count, noun).capitalize()} of {total}"


def _hours(hours: float) -> str:
    return "no hour" if hours == 0 else f"{hours:.1f} {'hour' if hours == 1 else 'hours'}"
