"""Headline numbers of the sample's last quarter; a change needs a line in CHANGELOG.md."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from dualtrack.analyses import measure_blur, measure_mix
from dualtrack.claims import state_headline
from dualtrack.portfolio import Portfolio

FILE = Path(__file__).with_name("2026-Q3.json")


def test_headlines_are_as_issued(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    sorting, evidence = sample_sort
    mix = measure_mix(sample_portfolio.projects, sorting)
    blur = measure_blur(sample_portfolio.projects, sorting, evidence)
    issued = json.loads(FILE.read_text("utf-8"))
    assert state_headline(mix, blur, sorting) == issued
