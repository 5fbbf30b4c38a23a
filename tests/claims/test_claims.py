"""Sentences are computed and true; with nothing known they say so."""

from __future__ import annotations

import pandas as pd
import pytest

from dualtrack.analyses import (
    measure_blur,
    measure_clarity,
    measure_fragility,
    measure_load,
    measure_mix,
    measure_paths,
)
from dualtrack.claims import (
    state_blur,
    state_clarity,
    state_decisions,
    state_headline,
    state_load,
    state_mix,
    state_mix_groups,
    state_paths,
    state_sorting,
)
from dualtrack.claims.claim import word_count, word_money, word_share
from dualtrack.schema import TABLES, empty_frame
from tests.conftest import make_projects, make_sorting

DAY = pd.Timestamp("2026-09-30")
NO_EVIDENCE = empty_frame(TABLES["evidence"])


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (950, "EUR 950"),
        (12_345, "EUR 12.3 k"),
        (2_500_000, "EUR 2.5 m"),
        (4.2e10, "EUR 42.0 bn"),
        (-3_000_000, "EUR -3.0 m"),
        (750_000_000, "EUR 750 m"),
    ],
)
def test_money_in_words(amount: float, words: str) -> None:
    assert word_money(amount, "EUR") == words.replace("EUR -", "-EUR ")


def test_shares_and_counts_in_words() -> None:
    assert word_share(0.437) == "44 %"
    assert word_share(0.001) == "under 1 %" and word_share(0.999) == "over 99 %"
    assert word_share(0.0) == "0 %" and word_share(1.0) == "100 %"
    assert word_count(1, "project") == "one project"
    assert word_count(0, "person", "people") == "no people"
    assert word_count(1300, "row") == "1,300 rows"


def test_mix_claim_gives_the_figures_of_its_frame() -> None:
    projects = make_projects({"budget_cost": 3e6, "title": "Hub"}, {"budget_cost": 1e6}, {})
    sorting = make_sorting(
        {"track": "strategic"},
        {"track": "operational"},
        {"track": "undecided", "p_strategic": 0.0, "p_operational": 0.0, "p_maintenance": 1.0},
    )
    mix = measure_mix(projects, sorting, temperature_error=0.0)
    claim = state_mix(mix, measure_fragility(projects, sorting), currency="EUR")
    assert (
        claim.title == "Strategic initiatives are 50 % of the projects and 75 % of the budget "
        "of both paths"
    )
    assert "one project of 3 does not say" in claim.reading
    assert "Nothing is known of the planned work" in claim.reading
    assert "if one project were relabelled: Hub (EUR 3.0 m)" in claim.reading


def test_claims_about_nothing_do_not_invent_anything() -> None:
    projects, sorting = empty_frame(TABLES["projects"]), empty_frame(TABLES["sorting"])
    mix = measure_mix(projects, sorting)
    assert (
        "No project stands"
        in state_mix(mix, measure_fragility(projects, sorting), currency="EUR").title
    )
    assert "cannot be compared" in state_clarity(measure_clarity(projects, sorting)).title
    blur = measure_blur(projects, sorting, NO_EVIDENCE)
    assert "cannot be told" in state_blur(blur, sorting, currency="EUR").title
    load = empty_frame(TABLES["load"])
    assert "nobody's hours are known" in state_load(load).title
    paths = measure_paths(projects, sorting, as_of_date=DAY)
    assert "no strategic initiatives" in state_paths(paths, scope="X", as_of_date=DAY).title
    assert state_decisions(blur, sorting, load, currency="EUR").empty
    assert state_headline(mix, blur, sorting)["Strategic share of budget"] == "no budget known"


def test_no_blur_among_labelled_projects_is_said_as_such() -> None:
    sorting = make_sorting({"track": "strategic", "declared_track": "strategic"})
    claim = state_blur(
        measure_blur(make_projects({}), sorting, NO_EVIDENCE), sorting, currency="EUR"
    )
    assert claim.title == "No project shows a blur between the two paths"
    assert "1 of 1 say what they are called" in claim.reading


def test_sorting_claim_counts_reasons_and_people() -> None:
    sorting = make_sorting(
        {"track": "undecided", "undecided_reason": "thin"},
        {"track": "strategic"},
        {"track": "operational", "decided_by": "person"},
    )
    claim = state_sorting(sorting)
    assert claim.title == "67 % of three projects are decided"
    assert "1 with too little to read and 0 that pull" in claim.reading
    assert "Decided by people: 1" in claim.reading


def test_decisions_are_at_most_five_and_the_dearest_first(
    sample_portfolio: object, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    portfolio = sample_portfolio
    sorting, evidence = sample_sort
    blur = measure_blur(portfolio.projects, sorting, evidence)  # type: ignore[attr-defined]
    load = measure_load(
        portfolio.assignments,
        portfolio.capacity,  # type: ignore[attr-defined]
        portfolio.projects,
        sorting,
    )  # type: ignore[attr-defined]
    decisions = state_decisions(blur, sorting, load, currency="EUR")
    assert 1 <= len(decisions) <= 5
    assert decisions["decision"][0].startswith(str(blur["title"][0]))


def test_groups_are_compared_only_where_their_shares_are_known() -> None:
    projects = make_projects(
        {"budget_cost": 3.0},
        {"budget_cost": 1.0},
        {"budget_cost": 2.0, "unit_name": "Unit B"},
        {"unit_name": "Unit C"},
    )
    tracks = ("strategic", "operational", "operational", "strategic")
    mix = measure_mix(
        projects, make_sorting(*[{"track": one} for one in tracks]), temperature_error=0.0
    )
    claim = state_mix_groups(mix, noun="unit")
    assert (
        claim.title == "The strategic share of the budget runs from 0 % (Unit B) to 75 % (Unit A)"
    )
    assert "Of one unit nothing is known" in claim.reading
    alone = measure_mix(projects.head(1), make_sorting({"track": "strategic"}))
    assert "cannot be compared" in state_mix_groups(alone, noun="unit").title
