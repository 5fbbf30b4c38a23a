"""Words for the polarity map: which pole's overuse is near, and what followed what was closed."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_number

__all__ = ["state_follow_on", "state_polarity"]

_POLES = ("operational", "strategic")
_LOUD = ("warning", "watch")


def state_polarity(polarity: pd.DataFrame) -> Claim:
    """Which of the four quadrants warns in the latest quarter, and what changed.

    A missed upside counts with the overuse of the other pole: both say that this pole is short.

    Args:
        polarity: As `measure_polarity` returns.
    """
    alt = (
        "A map of two poles: upsides above, overuse below, operational improvement left, strategic "
        "initiatives right; each sign with its state in each quarter."
    )
    if polarity.empty or (polarity["sign_type"] == "not known").all():
        needs = "; ".join(dict.fromkeys(polarity["needs"].dropna()))
        return Claim(
            "No sign of either pole is known",
            f"These columns would let them be: {needs}." if needs else "No quarter was measured.",
            alt,
            is_known=False,
        )
    quarters = sorted(polarity["quarter_name"].unique())
    now = polarity[polarity["quarter_name"] == quarters[-1]]
    known = now[now["sign_type"] != "not known"]
    loud = known[known["sign_type"].isin(_LOUD)]
    title = _title(known, loud)
    sentences = [
        f"In {quarters[-1]} {len(known)} of {len(now)} signs {'is' if len(known) == 1 else 'are'} "
        f"known."
    ]
    if len(loud):
        told = "; ".join(f"{row.says.lower()} ({_value(row)})" for row in loud.itertuples())
        sentences.append(f"Watched or warning: {told}.")
    sentences += _changes(polarity, quarters)
    silent = now[now["sign_type"] == "not known"]
    if len(silent):
        told = "; ".join(f"{row.says.lower()}, from {row.needs}" for row in silent.itertuples())
        sentences.append(f"Not known: {told}.")
    sentences.append("Thresholds are house defaults: a sign asks for a look, it proves nothing.")
    return Claim(title, " ".join(sentences), alt)


def _title(known: pd.DataFrame, loud: pd.DataFrame) -> str:
    if known.empty:
        return "No sign of either pole is known this quarter"
    if loud.empty:
        return (
            f"All {len(known)} known signs of the two poles are quiet"
            if len(known) > 1
            else ("The one known sign of the two poles is quiet")
        )
    warnings = int((loud["sign_type"] == "warning").sum())
    kinds = loud["quadrant_type"].map(_short_pole).value_counts()
    counts = {pole: int(kinds.get(pole, 0)) for pole in _POLES}
    verb = "asks" if len(loud) == 1 else "ask"
    text = f"{word_number(len(loud)).capitalize()} of {word_count(len(known), 'known sign')} "
    text += f"{verb} for a look"
    if warnings and len(loud) == 1:
        text += ", as a warning"
    elif warnings:
        text += f", {word_count(warnings, 'of them a warning', 'of them warnings')}"
    if counts["operational"] == counts["strategic"]:
        return text + ": they point to both poles alike"
    short = max(_POLES, key=lambda pole: counts[pole])
    if len(loud) == 1:
        return text + f": it suggests that the {short} pole comes short"
    most = max(counts.values())
    who = "all" if most == len(loud) else word_number(most)
    verb = "suggests" if most == 1 else "suggest"
    return text + f": {who} of them {verb} that the {short} pole comes short"


def _short_pole(quadrant: str) -> str:
    """The pole that comes short: the one whose upside is missed, or whose other is overused."""
    pole, side = str(quadrant).split(" ", 1)
    if side == "upside":
        return pole
    return "strategic" if pole == "operational" else "operational"


def _value(row: object) -> str:
    value = float(row.value)  # type: ignore[attr-defined]
    if row.unit_code == "days":  # type: ignore[attr-defined]
        return f"{value:.0f} days"
    return f"{round(100 * value)} %, base {row.base_count}"  # type: ignore[attr-defined]


def _changes(polarity: pd.DataFrame, quarters: list[str]) -> list[str]:
    if len(quarters) < 2:
        return ["One quarter is known, so nothing can be said of a change."]
    order = {"quiet": 0, "watch": 1, "warning": 2}
    states = polarity.set_index(["quarter_name", "sign_id"])["sign_type"]
    words = polarity.drop_duplicates("sign_id").set_index("sign_id")["says"].str.lower()
    before, now = (states.loc[one].map(order) for one in quarters[-2:])
    told = [
        f"{name}: {'; '.join(words.reindex(now.index)[is_moved])}"
        for name, is_moved in (("Louder", now > before), ("Quieter", now < before))
        if is_moved.any()
    ]
    if not told:
        return [f"No sign changed its state since {quarters[-2]}."]
    return [f"Since {quarters[-2]}: {'. '.join(told)}."]


def state_follow_on(follow_on: pd.DataFrame) -> Claim:
    """Whether improvement followed the initiatives that were closed.

    Args:
        follow_on: As `measure_follow_on` returns.
    """
    if follow_on.empty:
        return Claim(
            "No strategic initiative was closed in the quarters known, so erosion cannot be told",
            "The sign looks for an improvement in the same unit or for the same objective within "
            "180 days of the close.",
        )
    kinds = follow_on["follow_type"].value_counts()
    judged = int(sum(kinds.get(one, 0) for one in ("same objective", "same unit", "none")))
    none = int(kinds.get("none", 0))
    early, blank = int(kinds.get("too early", 0)), int(kinds.get("no finish date", 0))
    if judged == 0:
        title = f"Of {word_count(len(follow_on), 'closed initiative')} none can be judged yet"
    elif none:
        title = (
            f"No improvement followed {word_number(none)} of "
            f"{word_count(judged, 'closed initiative')}: what "
            f"{'it' if none == 1 else 'they'} won may erode"
        )
    else:
        title = (
            f"An improvement followed {'the' if judged == 1 else 'each of'} "
            f"{word_count(judged, 'closed initiative')}"
        )
    parts = []
    if kinds.get("same unit", 0):
        parts.append(
            f"{int(kinds['same unit'])} followed in the same unit only, which is a weak link"
        )
    if early:
        parts.append(f"for {word_count(early, 'initiative')} it is too early")
    if blank:
        parts.append(
            f"{word_count(blank, 'initiative')} {'has' if blank == 1 else 'have'} no "
            "`actual_finish_date`"
        )
    text = "; ".join(parts)
    return Claim(title, text[:1].upper() + text[1:] + "." if text else "")
