"""Words for a process behaviour chart."""

from __future__ import annotations

import re

import pandas as pd

from dualtrack.claims.claim import Claim, word_count

__all__ = ["state_control", "word_signal"]

_LEAST = 5  # readings; fewer make no useful limits (Wheeler: five or six)
_VARIATIONS = {
    "special_cause_improvement": "a signal of improvement",
    "special_cause_concern": "a signal of concern",
    "special_cause_neutral_high": "a signal",
    "special_cause_neutral_low": "a signal",
}
# NHSRplotthedots' labels, as a reader would say them.
_SIGNALS = (
    (r"Above UCL", "the last reading is above the upper limit"),
    (r"Below LCL", "the last reading is below the lower limit"),
    (r"(\d+) Points Above CL", r"at least \1 readings in a row above the centre line"),
    (r"(\d+) Points Below CL", r"at least \1 readings in a row below the centre line"),
    (r"(\d+) Point Trend \(Increasing\)", r"at least \1 readings rising in a row"),
    (r"(\d+) Point Trend \(Decreasing\)", r"at least \1 readings falling in a row"),
    (r"(\d+) in (\d+) Above CL", r"\1 of \2 readings near the upper limit"),
    (r"(\d+) in (\d+) Below CL", r"\1 of \2 readings near the lower limit"),
)


def state_control(
    control: pd.DataFrame, limits: pd.DataFrame, verdicts: pd.DataFrame, *, name: str
) -> Claim:
    """What the chart of one metric says: its last reading, its range, its target.

    Args:
        control: As `measure_control` returns, one metric.
        limits: As `measure_limits` returns, the same metric.
        verdicts: As `measure_verdicts` returns, the same metric.
        name: What a reader calls the metric.
    """
    known = control.dropna(subset=["value"])
    if known.empty:
        return Claim(
            f"{name} has no readings",
            "Every reading is missing.",
            "Empty process behaviour chart.",
            is_known=False,
        )
    verdict = verdicts.iloc[0]
    ends = [_day(known["measured_date"].iloc[place]) for place in (0, -1)]
    days = " to ".join(dict.fromkeys(ends))
    missing = int(control["value"].isna().sum())
    reading = f"{word_count(len(known), 'reading').capitalize()}, {days}"
    reading += f"; {missing} missing. " if missing else ". "
    sentences = [_advise(known, verdict), *_doubt(verdict), *_tell_phases(limits)]
    alt = (
        f"Process behaviour chart of {name}, {days}: readings with centre line and natural "
        f"process limits, and their moving ranges below."
    )
    return Claim(_title(known, verdict, name), reading + " ".join(filter(None, sentences)), alt)


def word_signal(signal_words: str) -> str:
    """`8 Points Above CL` as `at least 8 readings in a row above the centre line`."""
    for pattern, words in _SIGNALS:
        if re.fullmatch(pattern, signal_words):
            return re.sub(pattern, words, signal_words)
    return signal_words


def _title(known: pd.DataFrame, verdict: pd.Series, name: str) -> str:
    if pd.isna(verdict["variation_type"]):
        return f"{name}: too few readings for limits"
    count = int(verdict["reading_count"])
    if count < _LEAST:
        return f"{name}: {word_count(count, 'reading')}, too few to tell noise from signal"
    own = known[known["phase"] == verdict["phase"]]
    earlier = int(own["rules"].notna().sum())
    if verdict["variation_type"] != "common_cause":
        text = f"{name}: {_VARIATIONS[verdict['variation_type']]}, "
        text += word_signal(str(verdict["signal_words"]))
    elif earlier:
        text = (
            f"{name}: common cause in the last reading, after {word_count(earlier, 'reading')} "
            f"with a signal"
        )
    else:
        text = f"{name}: {_word_range(verdict)}"
    return text + _word_assurance(verdict)


def _word_range(verdict: pd.Series) -> str:
    low, high = verdict["lower_limit"], verdict["upper_limit"]
    if low == high:
        return f"every reading is {low:,.10g}"
    low, high = (f"{limit:,.{int(verdict['decimal_count'])}f}" for limit in (low, high))
    trial = " (trial limits)" if verdict["is_trial"] else ""
    return f"common causes alone, between {low} and {high}{trial}"


def _word_assurance(verdict: pd.Series) -> str:
    if pd.isna(verdict["assurance_type"]) or verdict["lower_limit"] == verdict["target_value"]:
        return ""
    target = f"the target of {verdict['target_value']:,.10g}"
    return {
        "consistent_pass": f"; {target} will be met as things are",
        "consistent_fail": f"; {target} is out of reach as things are",
        "inconsistent": f"; {target} is hit or missed by chance",
    }[verdict["assurance_type"]]


def _advise(known: pd.DataFrame, verdict: pd.Series) -> str:
    """What to do about the last reading; new limits are proposed, never drawn unasked."""
    kind = verdict["variation_type"]
    if pd.isna(kind):
        return "Limits need at least two readings in a row."
    if kind == "common_cause":
        return (
            "The last reading differs from the others by common causes: do not react to it alone; "
            "only a change of the process moves the range."
        )
    start = _day(_find_start(known[known["phase"] == verdict["phase"]]))
    text = f"Ask what changed around {start}."
    if re.fullmatch(r"\d+ Points .*", str(verdict["signal_words"])):
        text += (
            f" If that is known and meant to stay, new limits could begin on {start}: a decision "
            f"for people, with its cause stated."
        )
    return text


def _find_start(own: pd.DataFrame) -> pd.Timestamp:
    """First of the readings that share the last one's kind of signal and a rule with it."""
    last = own.iloc[-1]
    wanted = set(str(last["rules"]).split())
    is_shared = own["rules"].map(lambda rules: bool(wanted & set(str(rules).split())))
    is_same = is_shared.astype(bool) & (own["signal_type"] == last["signal_type"])
    start: pd.Timestamp = own.loc[is_same[::-1].cummin()[::-1], "measured_date"].iloc[0]
    return start


def _doubt(verdict: pd.Series) -> list[str]:
    told = []
    count = int(verdict["reading_count"])
    if count < _LEAST and pd.notna(verdict["variation_type"]):
        told.append(f"Limits from {word_count(count, 'reading')} carry little: five are the least.")
    elif verdict["is_trial"] and count >= _LEAST:
        told.append(f"Trial limits: they rest on {word_count(count, 'reading')}, under thirteen.")
    ranges = int(verdict["range_signal_count"])
    if ranges:
        told.append(
            f"{word_count(ranges, 'jump').capitalize()} between neighbours "
            f"{'is' if ranges == 1 else 'are'} larger than the range limit."
        )
    if pd.notna(verdict["target_value"]) and pd.isna(verdict["assurance_type"]):
        told.append("Whether the target is met cannot be told without a direction and limits.")
    return told


def _tell_phases(limits: pd.DataFrame) -> list[str]:
    return [
        f"Limits begin anew on {_day(row.start_date)}: {row.cause}."
        for row in limits.sort_values("phase").itertuples()
        if pd.notna(row.cause)
    ]


def _day(moment: pd.Timestamp) -> str:
    return f"{moment.day} {moment:%B %Y}"
