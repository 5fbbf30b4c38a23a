"""Which metric of the lexicon a name stands for: exactly, as part of it, alike, or unknown."""

from __future__ import annotations

import pandas as pd
from rapidfuzz import fuzz, process

from dualtrack.reference.metric_lexicon import (
    normalise_metric,
    read_abbreviations,
    read_metric_aliases,
    read_metric_lexicon,
)
from dualtrack.schema import TABLES, conform

__all__ = ["ALIKE_SCORE", "find_named_metrics", "match_metrics"]

# Least likeness (rapidfuzz token_sort_ratio) that counts as the same metric; docs/metrics.md has
# the measurement behind it, and which cases were in view when it was set.
ALIKE_SCORE = 82.0
# A single word inside a longer name counts only if it is an abbreviation (OEE) or so long that it
# is a metric's own (Rüstzeit, absenteeism); `sales` or `yield` could stand for anything.
_LEAST_WORD = 8
_LONGEST = 7  # words of the longest alias looked for inside a name
_CONTEXT = ["path_fit", "cadence", "direction", "aggregation"]


def match_metrics(names: pd.Series) -> pd.DataFrame:
    """The lexicon's metric behind each name.

    In this order: the name or an alias in one of five languages; an alias of two words or more, or
    an abbreviation, inside the name (`OEE Linie 4`), the longest first; the most alike alias.

    Args:
        names: Names of metrics, as exported.

    Returns:
        The `metric_names` table, a row for each distinct name, sorted. `lexicon_name` is missing
        where the metric is unknown; `nearest_name` is then the nearest guess.
    """
    known = pd.Index(names.dropna().unique()).sort_values()
    aliases = read_metric_aliases()
    keys = list(aliases)
    rows: list[tuple[str, str | None, str, float, str | None]] = []
    for name in known:
        key = normalise_metric(str(name))
        if key in aliases:
            rows.append((name, aliases[key], "exact", 100.0, aliases[key]))
            continue
        inside = _find_inside(key, aliases)
        found = process.extractOne(key, keys, scorer=fuzz.token_sort_ratio)
        nearest, score = (aliases[found[0]], float(found[1])) if found else (None, 0.0)
        if inside is not None and score < ALIKE_SCORE:
            rows.append((name, inside, "part", score, inside))
        elif score >= ALIKE_SCORE:
            rows.append((name, nearest, "alike", score, nearest))
        else:
            rows.append((name, None, "unknown", score, nearest))
    columns = ["metric_id", "lexicon_name", "match_type", "match_score", "nearest_name"]
    matched = pd.DataFrame(rows, columns=columns)
    lexicon = read_metric_lexicon().set_index("name")[_CONTEXT]
    joined = matched.merge(
        lexicon, left_on="lexicon_name", right_index=True, how="left", validate="many_to_one"
    )
    joined = joined.rename(columns={"cadence": "usual_cadence", "direction": "usual_direction"})
    return conform(joined, TABLES["metric_names"])


def find_named_metrics(texts: pd.Series) -> pd.Series:
    """The first metric of the lexicon that a text names in its own words; missing if none.

    Args:
        texts: Such as titles of projects.

    Returns:
        Lexicon names, with the texts' index.
    """
    aliases = read_metric_aliases()
    return texts.map(
        lambda text: _find_inside(normalise_metric(text), aliases), na_action="ignore"
    ).astype("str")


def _find_inside(key: str, aliases: dict[str, str]) -> str | None:
    """The metric of the longest alias that stands inside a name as whole words."""
    words = key.split()
    for length in range(min(len(words), _LONGEST), 0, -1):
        for start in range(len(words) - length + 1):
            part = " ".join(words[start : start + length])
            if part in aliases and _is_telling(part, length):
                return aliases[part]
    return None


def _is_telling(part: str, length: int) -> bool:
    return length > 1 or len(part) >= _LEAST_WORD or part in read_abbreviations()
