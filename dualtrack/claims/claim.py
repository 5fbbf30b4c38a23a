"""What a claim is, and how numbers are worded in one."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Claim", "word_count", "word_money", "word_number", "word_share", "word_span"]

_NUMBERS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


@dataclass(frozen=True)
class Claim:
    """The words of one exhibit.

    Attributes:
        title: The finding, one sentence, no full stop.
        reading: How to read it, with doubt and coverage; plain sentences.
        alt: What the figure shows, for those who cannot see it.
        is_known: False if nothing can be told: the words then say what would let it, and an empty
            figure is not shown.
    """

    title: str
    reading: str
    alt: str = ""
    is_known: bool = True


def word_share(share: float) -> str:
    """`0.437` as `44 %`; shares that are not zero or one never read as such."""
    if math.isnan(share):
        return "an unknown share"
    percent = round(100 * share)
    if percent == 0 and share > 0:
        return "under 1 %"
    if percent == 100 and share < 1:
        return "over 99 %"
    return f"{percent} %"


def word_span(low: float, high: float) -> str:
    """An interval of shares, `38 to 50 %`."""
    return f"{round(100 * low)} to {round(100 * high)} %"


def word_money(amount: float, currency: str) -> str:
    """`12_345_678` as `EUR 12.3 m`; negative amounts keep their sign."""
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    for limit, unit in ((1e9, " bn"), (1e6, " m"), (1e3, " k")):
        if size >= limit:
            scaled = size / limit
            return (
                f"{sign}{currency} {scaled:.1f}{unit}"
                if scaled < 100
                else (f"{sign}{currency} {scaled:,.0f}{unit}")
            )
    return f"{sign}{currency} {size:.0f}"


def word_count(count: int, one: str, many: str = "") -> str:
    """`3, "project"` as `three projects`; from thirteen on in figures.

    Args:
        count: How many.
        one: The noun for one.
        many: The noun for more; `one` with an s if blank.
    """
    return f"{word_number(count)} {one if count == 1 else many or one + 's'}"


def word_number(count: int) -> str:
    """`3` as `three`; from thirteen on in figures."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"
