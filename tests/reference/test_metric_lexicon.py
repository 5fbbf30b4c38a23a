"""The lexicon of metrics is whole: closed values, every name and alias once, fields filled."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from dualtrack.reference import read_reference
from dualtrack.reference.metric_lexicon import (
    ALIAS_COLUMNS,
    LEXICON_VALUES,
    normalise_metric,
    read_abbreviations,
    read_metric_aliases,
    read_metric_lexicon,
)

LEXICON = read_metric_lexicon()


def test_it_holds_enough_metrics_of_every_kind() -> None:
    assert len(LEXICON) >= 320
    assert LEXICON["path_fit"].value_counts().min() >= 20
    for column in ALIAS_COLUMNS[1:]:
        assert (LEXICON[column] != "").sum() >= 100, column


@pytest.mark.parametrize("column", sorted(LEXICON_VALUES))
def test_closed_columns_hold_only_their_values(column: str) -> None:
    assert set(LEXICON[column]) == set(LEXICON_VALUES[column])


def test_no_field_is_blank_or_untrimmed() -> None:
    for column in LEXICON.columns.difference(ALIAS_COLUMNS):
        assert (LEXICON[column] != "").all(), column
        assert (LEXICON[column] == LEXICON[column].str.strip()).all(), column


def test_every_name_and_alias_stands_once() -> None:
    found: Counter[str] = Counter(normalise_metric(name) for name in LEXICON["name"])
    for column in ALIAS_COLUMNS:
        for cell in LEXICON[column]:
            found.update(normalise_metric(alias) for alias in cell.split(";") if alias.strip())
    assert [name for name, count in found.items() if count > 1] == []
    assert len(found) == len(read_metric_aliases()) > 1500


def test_no_alias_runs_against_its_metric() -> None:
    assert not LEXICON[list(ALIAS_COLUMNS)].apply(lambda c: c.str.contains("inverse")).any().any()
    aliases = read_metric_aliases()
    directions = LEXICON.set_index("name")["direction"]
    for better, worse in (
        ("Forecast accuracy", "forecast error"),
        ("Calibration compliance", "overdue calibrations"),
        ("SLA compliance", "SLA breaches"),
        ("Invoice accuracy", "billing errors"),
    ):
        assert directions[aliases[normalise_metric(better)]] == "higher"
        assert directions[aliases[normalise_metric(worse)]] == "lower"


def test_activity_is_neither_path() -> None:
    activity = LEXICON[LEXICON["lead_lag"] == "activity"]
    assert set(activity["path_fit"]) == {"neither"}
    assert set(LEXICON.loc[LEXICON["path_fit"] == "neither", "lead_lag"]) == {"activity"}


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("First-time fix rate", "first time fix rate"),
        ("Nacharbeitsquote (%)", "nacharbeitsquote"),
        ("Rüstzeit", "rustzeit"),
        ("Capacity utilisation", "capacity utilization"),
        ("Reklamationsquote in Prozent", "reklamationsquote"),
        ("%", ""),
    ],
)
def test_names_are_compared_without_accents_signs_and_units(name: str, normal: str) -> None:
    assert normalise_metric(name) == normal


def test_abbreviations_are_short_capitals() -> None:
    assert {"oee", "nps", "mtbf"} <= read_abbreviations()
    assert "sales" not in read_abbreviations()


def test_bounds_of_the_fit_matrix_cover_every_track_and_horizon() -> None:
    rules = read_reference("metric_fit.toml")
    pairs = [(one["track"], one["horizon"]) for one in rules["rhythm"]]
    assert len(pairs) == len(set(pairs)) == 9
    order = ["daily", "weekly", "monthly", "quarterly", "annual"]
    for one in rules["rhythm"]:
        assert order.index(one["fastest"]) <= order.index(one["slowest"])
        assert re.search(r"\w", one["says"])


def test_unit_words_stand_for_one_unit_each() -> None:
    units = read_reference("metric_units.toml")["unit"]
    words = [word for others in units.values() for word in others]
    assert len(words) == len(set(words)) and not set(words) & set(units)
