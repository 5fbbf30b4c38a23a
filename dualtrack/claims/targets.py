"""Words for the targets: verdict, source, grade, and what would turn it."""

from __future__ import annotations

import math

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_number

__all__ = ["state_target_groups", "state_targets", "word_band", "word_origin"]

_NAMED = 3  # projects named in a sentence; the table has them all


def state_targets(
    verdicts: pd.DataFrame, fragility: pd.DataFrame, *, group_name: str = "All"
) -> Claim:
    """Each path against its band, with where the band is from.

    Args:
        verdicts: As `measure_target_verdicts` returns.
        fragility: As `measure_target_fragility` returns, of the same projects.
        group_name: The group spoken of.
    """
    own = verdicts[verdicts["group_name"] == group_name]
    told = own[own["verdict_type"] != "not answerable"]
    alt = "Bands of the targets with the measured shares and their 90 % intervals."
    sentences: list[str] = []
    named: list[str] = []
    for row in told.to_dict("records"):
        sentences.append(_sentence(row, fragility, named))
    silent = own[own["verdict_type"] == "not answerable"]
    sentences += [_unanswered(row) for row in silent.to_dict("records")]
    sentences += _origins(own)
    if told.empty:
        title = "No target can be answered yet" if len(own) else "No target is set"
        return Claim(title, " ".join(sentences), alt, is_known=False)
    return Claim(_title(told), " ".join(sentences), alt)


def state_target_groups(verdicts: pd.DataFrame, *, target_id: str, noun: str) -> Claim:
    """How the groups stand against one target.

    Args:
        verdicts: As `measure_target_verdicts` returns, with groups beside `All`.
        target_id: The target.
        noun: What a group is: unit, team.
    """
    own = verdicts[(verdicts["target_id"] == target_id) & (verdicts["group_name"] != "All")]
    alt = f"The band, and the measured share with its interval, a row per {noun}."
    told = own[own["verdict_type"] != "not answerable"]
    if told.empty:
        name = str(own["says"].iloc[0]) if len(own) else target_id
        title = f"No {noun} can be held against the target for the {name}"
        why = dict.fromkeys(_unanswered(row) for row in own.to_dict("records"))
        return Claim(
            title, " ".join(why) or f"A `{noun}_name` column would let it.", alt, is_known=False
        )
    counts = told["verdict_type"].value_counts()
    first = told.iloc[0]
    parts = [
        f"{word_count(int(counts[one]), noun)} {one}"
        for one in ("within", "below", "above", "open")
        if one in counts
    ]
    title = (
        f"{str(first['says'])[:1].upper()}{str(first['says'])[1:]} against {word_band(first)}: "
        + ", ".join(parts)
    )
    missing = own[own["verdict_type"] == "not answerable"]
    reading = "Open means that the 90 % interval straddles an edge of the band. "
    if len(missing):
        reading += (
            f"Not answerable for {', '.join(missing['group_name'])}: "
            f"{_column(missing['missing_column'].iloc[0])}. "
        )
    return Claim(title, reading + " ".join(_origins(own.head(1))), alt)


def word_band(row: pd.Series | dict[str, object]) -> str:
    """The band, such as `10 to 30 %`, `at most 60 %`."""
    low, high = float(str(row["low_value"])), float(str(row["high_value"]))
    unit = " %" if str(row.get("value_unit", "%")).startswith("%") else ""
    if math.isnan(low) and math.isnan(high):
        return "no band"
    if math.isnan(low):
        return f"at most {high:g}{unit}"
    if math.isnan(high):
        return f"at least {low:g}{unit}"
    return f"{low:g} to {high:g}{unit}"


def word_origin(row: pd.Series | dict[str, object]) -> str:
    """Where a band is from, with its grade and warning; a reason where the band is one's own."""
    source = str(row["source"])
    year = "" if pd.isna(row.get("year")) or str(row["year"]) in source else f", {row['year']}"
    if row.get("because") is not None and not pd.isna(row["because"]):
        return f"set in the portfolio's own settings because: {row['because']} ({row['source']})"
    return f"{source}{year} (grade {row['grade']}): {row['transfer_warning']}"


def _title(told: pd.DataFrame) -> str:
    within = int((told["verdict_type"] == "within").sum())
    if within == len(told):
        return f"{_cap(word_count(len(told), 'target'))} {'is' if within == 1 else 'are'} met, " + (
            "each path within its band" if within > 1 else "within its band"
        )
    off = told[told["verdict_type"].isin(["below", "above"])]
    start = f"{_cap(word_number(within))} of {word_count(len(told), 'target')} "
    start += "is met" if within == 1 else "are met"
    if off.empty:
        return f"{start}, the others stay open"
    first = off.iloc[0]
    return (
        f"{start}; the {first['says']} is {_value(first)}, {first['verdict_type']} its band of "
        f"{word_band(first)}"
    )


def _sentence(row: dict[str, object], fragility: pd.DataFrame, named: list[str]) -> str:
    verdict = {
        "within": "lies within its band",
        "below": "lies below its band",
        "above": "lies above its band",
        "open": "straddles an edge of its band, so the verdict is open: the band is",
    }[str(row["verdict_type"])]
    text = f"The {row['says']} is {_value(row)}{_interval(row)} and {verdict}"
    text += f" of {word_band(row)}" if row["verdict_type"] != "open" else f" {word_band(row)}"
    if row["is_under_floor"] is True:
        text += f", and below its floor of {float(str(row['floor_value'])):g} %"
    if isinstance(row["warning"], str):
        text += f"; the risk on that side: {row['warning']}"
    return f"{text}. {_turned(row, fragility, named)}".strip()


def _turned(row: dict[str, object], fragility: pd.DataFrame, told: list[str]) -> str:
    own = fragility[fragility["target_id"] == row["target_id"]].sort_values("rank")
    if own.empty or row["group_name"] != "All":
        return ""
    key = "|".join(own["project_id"])
    if key in told:
        # The two paths share one whole: what turns one verdict turns the other.
        return f"The same relabelling would put it {own['to_verdict_type'].iloc[-1]} the band."
    told.append(key)
    named = "; ".join(own["title"].fillna("(no name)").head(_NAMED))
    more = f" and {len(own) - _NAMED} more" if len(own) > _NAMED else ""
    return (
        f"On the tracks as decided, relabelling {word_count(len(own), 'project')} would put it "
        f"{own['to_verdict_type'].iloc[-1]} the band: {named}{more}."
    )


def _origins(own: pd.DataFrame) -> list[str]:
    """Where the bands are from, each source once."""
    words = list(dict.fromkeys(word_origin(row) for row in own.to_dict("records")))
    sentences = [f"Bands: {'; '.join(words)}."] if words else []
    if (own["floor_value"].notna() & own["because"].isna()).any():
        sentences.append("Floors are house defaults, half the lower end of the band.")
    return sentences


def _unanswered(row: dict[str, object]) -> str:
    return f"The {row['says']} cannot be told: {_column(row['missing_column'])}."


def _column(name: object) -> str:
    return f"a `{name}` column would let it" if isinstance(name, str) else "nothing is known of it"


def _value(row: pd.Series | dict[str, object]) -> str:
    value = float(str(row["value"]))
    unit = " %" if str(row["value_unit"]).startswith("%") else ""
    return f"{value:.0f}{unit}" if unit else f"{value:g}"


def _interval(row: dict[str, object]) -> str:
    low, high = float(str(row["value_low"])), float(str(row["value_high"]))
    if math.isnan(low):
        return ""
    unit = " %" if str(row["value_unit"]).startswith("%") else ""
    return f" (90 % interval {low:.0f} to {high:.0f}{unit})"


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
