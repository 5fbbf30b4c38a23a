"""Money as tools and people write it: amount, currency, scale, and the original kept."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from dualtrack.records.cleaned import is_blank

__all__ = ["MoneyRules", "clean_money", "parse_number"]

_CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "gbp": "GBP",
    "$": "USD",
    "usd": "USD",
    "us$": "USD",
    "chf": "CHF",
    "¥": "JPY",
    "jpy": "JPY",
    "kr": "SEK",
    "sek": "SEK",
    "nok": "NOK",
    "dkk": "DKK",
    "pln": "PLN",
    "zł": "PLN",
    "brl": "BRL",
    "r$": "BRL",
    "cad": "CAD",
    "aud": "AUD",
}
_SCALES = {
    "k": 1e3,
    "tsd": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mio": 1e6,
    "million": 1e6,
    "millions": 1e6,
    "bn": 1e9,
    "mrd": 1e9,
    "b": 1e9,
    "billion": 1e9,
}
_NUMBER = re.compile(r"\d[\d.,'\u00a0\u202f ]*")
_RANGE = re.compile(r"\d\s*[-–]\s*\d")
# Groups of three after the first; the Indian style ends in one of three after groups of two.
_GROUPED = re.compile(r"\d{1,3}(?:([.,' \u00a0\u202f])\d{3})(?:\1\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")


@dataclass(frozen=True)
class MoneyRules:
    """How a file writes money.

    Attributes:
        currency: Currency of amounts that name none, ISO 4217.
        scale: Factor on amounts that name no scale (0.01 for hundredths, 1e6 for millions).
        marks: Currency signs of this file, damaged ones too (`{"Ł": "GBP"}`).
    """

    currency: str
    scale: float = 1.0
    marks: tuple[tuple[str, str], ...] = ()


def clean_money(cells: pd.Series, rules: MoneyRules) -> pd.DataFrame:
    """Read a column of money.

    The decimal sign is decided per column: a comma followed by one or two digits at the end of
    any amount makes the comma the decimal sign of all. A range counts as its middle, and is noted.

    Args:
        cells: Raw cells.
        rules: How this file writes money.

    Returns:
        On the index of `cells`: `original_text`, `original_amount` (in `currency`, scale applied),
        `currency`, `fault` (missing if fine).
    """
    texts = [str(cell) for cell in cells if isinstance(cell, str)]
    is_comma = _has_decimal_comma(texts)
    rows = [_parse_cell(cell, rules, is_decimal_comma=is_comma) for cell in cells]
    columns = ["original_text", "original_amount", "currency", "fault"]
    frame = pd.DataFrame(rows, columns=columns, index=cells.index)
    return frame.astype(
        {"original_text": "str", "original_amount": "float64", "currency": "str", "fault": "str"}
    )


def parse_number(text: str, *, is_decimal_comma: bool = False) -> float | None:
    """Read a number that may have thousands separators; None if there is none in it.

    A single separator followed by exactly three digits separates thousands when it is not the
    decimal sign; `(12)` and `-12` are negative.
    """
    found = _NUMBER.search(text)
    if found is None:
        return None
    digits = re.sub(r"['\u00a0\u202f ]", "", found[0]).rstrip(".,")
    decimal, thousands = (",", ".") if is_decimal_comma else (".", ",")
    whole = digits.replace(thousands, "")
    if whole.count(decimal) > 1:
        return None
    is_negative = "-" in text[: found.start()] or text.strip().startswith("(")
    number = float(whole.replace(decimal, "."))
    return -number if is_negative else number


def _has_decimal_comma(texts: list[str]) -> bool:
    comma = sum(bool(re.search(r"\d,\d{1,2}(?![\d,])", text)) for text in texts)
    point = sum(bool(re.search(r"\d\.\d{1,2}(?![\d.])", text)) for text in texts)
    return comma > point


def _parse_cell(
    cell: object, rules: MoneyRules, *, is_decimal_comma: bool
) -> tuple[str | None, float | None, str | None, str | None]:
    if is_blank(cell):
        return None, None, None, None
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return str(cell), None, None, "not an amount"
    if isinstance(cell, int | float):
        return str(cell), float(cell) * rules.scale, rules.currency, None
    currency = _find_currency(cell, rules)
    fault = None
    bare = re.sub(r"\d{1,2}/\d{1,2}/\d{2,4}", "", cell)
    if not _looks_like_money(cell):
        return cell, None, None, "not an amount"
    if _RANGE.search(bare):
        parts = re.split(r"[-–]", bare, maxsplit=1)
        ends = [parse_number(part, is_decimal_comma=is_decimal_comma) for part in parts]
        if None in ends:
            return cell, None, None, "not an amount"
        amount: float | None = sum(end for end in ends if end is not None) / 2
        fault = "range, its middle is used"
    else:
        amount = parse_number(bare, is_decimal_comma=is_decimal_comma)
        fault = (
            "digits grouped oddly, read as they stand" if _is_odd(bare, is_decimal_comma) else None
        )
    if amount is None:
        return cell, None, None, "not an amount"
    return cell, amount * _find_scale(cell, rules), currency, fault


def _is_odd(text: str, is_decimal_comma: bool) -> bool:
    """Whether the thousands of an amount stand in groups that no style of writing has."""
    found = _NUMBER.search(text)
    if found is None:
        return False
    whole = found[0].strip().rstrip(".,").split("," if is_decimal_comma else ".")[0]
    return not whole.isdigit() and _GROUPED.fullmatch(whole) is None


def _looks_like_money(text: str) -> bool:
    """An amount has a digit and few letters: `Exempt under Section 43` is none."""
    letters = sum(character.isalpha() for character in text)
    return any(character.isdigit() for character in text) and letters <= 12


def _find_currency(text: str, rules: MoneyRules) -> str:
    for mark, code in rules.marks:
        if mark in text:
            return code
    for word in re.findall(r"us\$|r\$|[€£$¥]|[^\W\d_]+", text.casefold()):
        if word in _CURRENCIES:
            return _CURRENCIES[word]
    return rules.currency


def _find_scale(text: str, rules: MoneyRules) -> float:
    for word in re.findall(r"[^\W\d_]+", text.casefold()):
        if word in _SCALES:
            return _SCALES[word]
    return rules.scale
