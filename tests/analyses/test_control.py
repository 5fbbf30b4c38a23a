"""Process behaviour charts against the numbers of others: every case of the shared file.

What differs is listed here with its reason, and docs/process-behaviour-charts.md says the same.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Any

import pytest

from tests.analyses.xmr_cases import (
    NOT_OURS,
    VECTORS,
    Found,
    compare_engine,
    read_vectors,
)
from tests.analyses.xmr_published import NOT_OURS as PUBLISHED_NOT_OURS
from tests.analyses.xmr_published import compare_published
from tests.analyses.xmr_units import NOT_OURS as UNITS_NOT_OURS
from tests.analyses.xmr_units import compare_unit
from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(
    not VECTORS.is_file(), reason="the shared file of chart cases is not beside this checkout"
)
CASES = read_vectors()
RUNS = [
    (series, engine)
    for series in CASES["engine_runs"]
    for engine in series["engines"]
    if engine not in NOT_OURS
]
SERIES = {series["id"]: series for series in CASES["engine_runs"]}
DOCS = ROOT / "docs/process-behaviour-charts.md"


@cache
def compared(series_id: str, engine: str) -> Found:
    return compare_engine(SERIES[series_id], engine)


def agrees(ours: Any, theirs: Any, tolerance: float) -> bool:
    if isinstance(theirs, list):
        return len(ours) == len(theirs) and all(
            agrees(one, other, tolerance) for one, other in zip(ours, theirs, strict=True)
        )
    if isinstance(theirs, int | float) and not isinstance(theirs, bool):
        return bool(abs(ours - theirs) <= tolerance)
    return bool(ours == theirs)


def find_reason(engine: str, what: str, ours: Any) -> str:
    """Why a difference from an engine is meant; blank for one that is not."""
    if what == "trial" and engine.endswith("fix12"):
        return "counts the readings drawn, not those the limits rest on"
    # "near, their way" agrees everywhere: nothing but the ways named here parts us from them.
    if what == "near" and engine.startswith("statprocon"):
        return "flags the fourth reading of the window, and lets one near the other limit cancel it"
    if what == "near" and engine == "xmrit":
        return "flags the fourth reading of the window, which is not near"
    if what == "run" and engine.startswith("statprocon") and not ours:
        return "skips a reading on the centre line instead of ending the run"
    if what == "near" and engine.startswith("powerbi"):
        return "does not ask that all three lie on one side"
    return ""


@pytest.mark.parametrize("case", CASES["published"], ids=lambda case: case["name"])
def test_published(case: dict[str, Any]) -> None:
    if case["name"] in PUBLISHED_NOT_OURS:
        pytest.skip(PUBLISHED_NOT_OURS[case["name"]])
    for what, ours, theirs in compare_published(case):
        if what == "moving_ranges":
            ours, theirs = ours[1:], theirs[1:]
        assert agrees(ours, theirs, case["tolerance"] or 0.0), (what, ours, theirs)


@pytest.mark.parametrize("case", CASES["rule_unit_tests"], ids=lambda case: case["name"])
def test_rule_unit(case: dict[str, Any]) -> None:
    if case["name"] in UNITS_NOT_OURS:
        pytest.skip(UNITS_NOT_OURS[case["name"]])
    ours, theirs = compare_unit(case)
    assert ours == theirs


def tolerance_of(series: dict[str, Any], engine: str) -> float:
    # statprocon rounds to three decimals at each step; the others differ by the last printed digit.
    largest = max(map(abs, series["values"]))
    return 0.005 if engine.startswith("statprocon") else 1e-9 * max(largest, 1.0)


@pytest.mark.parametrize(
    ("series", "engine"), RUNS, ids=[f"{series['id']}-{engine}" for series, engine in RUNS]
)
def test_engine(series: dict[str, Any], engine: str) -> None:
    for what, ours, theirs in compared(series["id"], engine):
        if not agrees(ours, theirs, tolerance_of(series, engine)):
            assert find_reason(engine, what, ours), (what, ours, theirs)


def test_the_docs_print_the_counts_measured_here() -> None:
    agreed: Counter[tuple[str, str]] = Counter()
    asked: Counter[tuple[str, str]] = Counter()
    families = {"nhsr": "NHSRplotthedots", "qic": "qicharts2", "statprocon": "statprocon"}
    families |= {"powerbi": "PowerBI-SPC", "xmrit": "xmrit"}
    groups = {name: "limits" for name in ("mean", "moving range", "lower", "upper", "range limit")}
    groups |= {"near": "near limits", "near, their way": "near limits, their way"}
    groups |= {"trial": "trial", "variation": "verdicts"}
    groups |= {"assurance": "verdicts", "point types": "verdicts"}
    for series, engine in RUNS:
        family = families[engine.split("_")[0]]
        for what, ours, theirs in compared(series["id"], engine):
            key = (family, groups.get(what, "rules"))
            asked[key] += 1
            agreed[key] += agrees(ours, theirs, tolerance_of(series, engine))
    table = DOCS.read_text("utf-8")
    for (family, group), count in asked.items():
        row = rf"^\| {re.escape(family)} \| {group} \| {agreed[family, group]} of {count} \|"
        assert re.search(row, table, re.M), f"{family}, {group}: {agreed[family, group]} of {count}"
