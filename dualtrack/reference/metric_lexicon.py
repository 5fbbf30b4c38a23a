"""The lexicon of metrics: what each name measures, which path it fits, how often, which way."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import resources

import pandas as pd

__all__ = [
    "ALIAS_COLUMNS",
    "LEXICON_VALUES",
    "normalise_metric",
    "read_abbreviations",
    "read_metric_aliases",
    "read_metric_lexicon",
]

ALIAS_COLUMNS = ("aliases", "aliases_de", "aliases_es", "aliases_fr", "aliases_pt")
# Columns with closed lists of values; a test holds the file to them.
LEXICON_VALUES = {
    "path_fit": ("operational", "strategic", "both", "neither"),
    "cadence": ("daily", "weekly", "monthly", "quarterly", "annual", "milestone"),
    "direction": ("higher", "lower", "target", "neutral"),
    "aggregation": ("sum", "mean", "last"),
    "lead_lag": ("lagging", "leading", "activity", "context"),
    "basis": ("read", "general"),
}
# One spelling for words the two Englishes write differently.
_SPELLINGS = (
    (r"(\w)isation\b", r"\1ization"),
    (r"\b(\w+?)ised\b", r"\1ized"),
    (r"\blabour\b", "labor"),
    (r"\bfulfilment\b", "fulfillment"),
    (r"\bcentre\b", "center"),
    (r"\bprogramme(s?)\b", r"program\1"),
    (r"\blicence", "license"),
)


@cache
def read_metric_lexicon() -> pd.DataFrame:
    """The packaged lexicon, one row a metric.

    Returns:
        `name`; `aliases` and, by language, `aliases_de`, `aliases_es`, `aliases_fr`, `aliases_pt`
        (joined by '; '); `path_fit`, `cadence`, `direction`, `unit`, `aggregation` (how a month is
        made of its readings), `domain`, `lead_lag`, `source`, `basis` (`read`: the name stands in
        the source; `general`: general knowledge of the field). Path, cadence, direction and
        aggregation are judgements. Not to be changed in place.
    """
    file = resources.files("dualtrack.reference") / "metric_lexicon.csv"
    with file.open(encoding="utf-8") as lines:
        return pd.read_csv(lines, dtype="str", keep_default_na=False)


@cache
def read_metric_aliases() -> dict[str, str]:
    """Every normalised name and alias of the lexicon, and the name it stands for."""
    lexicon = read_metric_lexicon()
    found = {normalise_metric(name): name for name in lexicon["name"]}
    for column in ALIAS_COLUMNS:
        for name, aliases in zip(lexicon["name"], lexicon[column], strict=True):
            for alias in aliases.split(";"):
                if alias.strip():
                    found.setdefault(normalise_metric(alias), name)
    return found


@cache
def read_abbreviations() -> frozenset[str]:
    """Aliases written in capitals, of three letters or more, normalised: OEE, MTBF, NPS."""
    lexicon = read_metric_lexicon()
    cells = [cell for column in ALIAS_COLUMNS for cell in lexicon[column]]
    aliases = {alias.strip() for cell in cells for alias in cell.split(";")}
    return frozenset(
        normalise_metric(alias) for alias in aliases if re.fullmatch(r"[A-Z0-9&/-]{3,}", alias)
    )


@cache
def normalise_metric(name: str) -> str:
    """A metric's name without accents, case, signs and a unit at its end.

    `Nacharbeitsquote (%)` becomes `nacharbeitsquote`, `First-time fix rate` `first time fix rate`.
    """
    plain = unicodedata.normalize("NFKD", name.casefold().replace("œ", "oe"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    whole = re.sub(r"[^\w]+", " ", plain.replace("&", " and ").replace("'", " ")).strip()
    bare = re.sub(r"\s*[\[(][^\])]*[\])]\s*$|\s*,?\s*(in\s+)?(%|percent|prozent)\s*$", "", plain)
    short = re.sub(r"[^\w]+", " ", bare.replace("&", " and ").replace("'", " ")).strip()
    text = short or whole
    for pattern, word in _SPELLINGS:
        text = re.sub(pattern, word, text)
    return text
