"""Three readings side by side, the change that mends a blur, and blur that a form makes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.analyses import measure_confusion, measure_forms, measure_readings
from dualtrack.analyses.blur_forms import wilson_interval
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform, empty_frame
from dualtrack.sorting.assign import name_blur
from dualtrack.sorting.readings import read_managed
from tests.conftest import make_projects, make_sorting

NO_GATES = empty_frame(TABLES["milestones"])
WELL_RUN = {
    "strategic": {
        "review_forum": "Steering committee",
        "review_interval_days": 30.0,
        "sponsor_level": "director",
    },
    "operational": {
        "review_forum": "Team review",
        "review_interval_days": 7.0,
        "sponsor_level": "manager",
    },
}


def read_all(
    *rows: dict[str, object],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Projects with their three readings; `is_` the track, `called` the label's track."""
    named = ("is_", "called", "undecided_reason")
    projects = make_projects(
        *[{key: cell for key, cell in row.items() if key not in named} for row in rows]
    )
    managed, signs = read_managed(projects, NO_GATES)
    sorting = make_sorting(
        *[
            {
                "project_id": project_id,
                "track": row["is_"],
                "declared_track": row.get("called"),
                "managed_track": run if pd.notna(run) else None,
                "undecided_reason": row.get("undecided_reason"),
            }
            for project_id, row, run in zip(projects["project_id"], rows, managed, strict=True)
        ]
    )
    sorting = sorting.assign(blur_type=name_blur(sorting))
    called = projects.dropna(subset=["declared_label"])
    labels = pd.DataFrame(
        {
            "project_id": called["project_id"],
            "reading": "declared",
            "column_name": "declared_label",
            "quote": called["declared_label"],
        }
    )
    evidence = conform(pd.concat([signs, labels], ignore_index=True), TABLES["evidence"])
    forms = measure_forms(sorting, evidence)
    return projects, sorting, forms, measure_readings(projects, sorting, evidence, forms)


def test_a_wrong_label_is_renamed_to_the_tools_own_word() -> None:
    _, _, _, readings = read_all(
        {"is_": "operational", "called": "strategic", "declared_label": "Transform"},
        {"is_": "operational", "called": "operational", "declared_label": "KVP"},
        {"is_": "operational", "called": "operational", "declared_label": "KVP"},
        {"is_": "strategic", "called": "operational", "declared_label": "KVP"},
    )
    mends = readings.set_index("project_id")["mend"]
    assert mends["list:1"] == "rename its label to “KVP”"
    # Nobody labels strategic work rightly here, so the word is a default.
    assert mends["list:4"] == "rename its label to “strategic initiative”"
    assert pd.isna(mends["list:2"])


def test_wrong_management_is_mended_by_what_weighs_most_in_the_units_own_words() -> None:
    light = {**WELL_RUN["operational"], "is_": "strategic", "called": "strategic"}
    _, _, _, readings = read_all(
        light,
        {"is_": "strategic", "called": "strategic", **WELL_RUN["strategic"]},
        {**light, "review_forum": None},
    )
    rows = readings.set_index("project_id")
    assert rows.at["list:1", "blur_type"] == "under-governed transformation"
    assert rows.at["list:1", "mend"] == "move it to Steering committee"
    # Forum 1.4, rhythm 1.0 and sponsor 0.6 speak against; the forum moved leaves 1.6 to 1.4.
    assert rows.at["list:1", "mend_more"] == "then name a sponsor of level director"
    # Without a forum both others swing by 1.6: the sponsor comes first, and is not enough.
    assert rows.at["list:3", "mend"] == "name a sponsor of level director"
    assert rows.at["list:3", "mend_more"] == "then set the review interval to 30 days"


def test_a_mislabelled_project_run_wrongly_too_has_both_named() -> None:
    _, _, _, readings = read_all(
        {
            "is_": "operational",
            "called": "strategic",
            "declared_label": "Strategy",
            **WELL_RUN["strategic"],
        },
        {
            "is_": "operational",
            "called": "operational",
            "declared_label": "Lean",
            **WELL_RUN["operational"],
        },
    )
    first = readings.iloc[0]
    assert first["blur_type"] == "label inflation"
    assert first["second_blur_type"] == "over-governed improvement"
    assert first["mend"] == "rename its label to “Lean”"
    assert first["mend_more"] == "then move it to Team review"
    assert first["run_says"] == "Steering committee, monthly, sponsor: director"


def test_undecided_projects_are_asked_for_what_is_missing_and_shown_when_split() -> None:
    _, _, _, readings = read_all(
        {"is_": "undecided", "undecided_reason": "thin"},
        {"is_": "undecided", "undecided_reason": "conflict"},
        {
            "is_": "undecided",
            "undecided_reason": "thin",
            "called": "strategic",
            **WELL_RUN["operational"],
        },
    )
    rows = readings.set_index("project_id")
    assert "description" in rows.at["list:1", "mend"]
    assert "person" in rows.at["list:2", "mend"]
    assert rows["is_split"].to_dict() == {"list:3": True, "list:1": False, "list:2": False}
    assert readings["project_id"].iloc[0] == "list:3"


def test_readings_keep_every_project_and_their_budget(
    sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    sorting, evidence = sample_sort
    forms = measure_forms(sorting, evidence)
    readings = measure_readings(sample_portfolio.projects, sorting, evidence, forms)
    assert set(readings["project_id"]) == set(sample_portfolio.projects["project_id"])
    assert readings["budget_cost"].sum() == pytest.approx(
        sample_portfolio.projects["budget_cost"].sum()
    )
    blurred = readings["blur_type"] != "none"
    assert blurred.sum() == (sorting["blur_type"] != "none").sum()
    assert readings.loc[blurred, "mend"].notna().all()
    confusion = measure_confusion(sample_portfolio.projects, sorting)
    assert confusion["project_count"].sum() == len(sorting)
    assert confusion["budget_cost"].sum() == pytest.approx(readings["budget_cost"].sum())


def test_nothing_gives_nothing() -> None:
    none = [empty_frame(TABLES[name]) for name in ("projects", "sorting", "evidence")]
    forms = measure_forms(none[1], none[2])
    assert forms.empty
    assert measure_readings(*none, forms).empty
    assert measure_confusion(none[0], none[1]).empty


def test_confusion_counts_money_apart_from_what_is_not_known() -> None:
    projects = make_projects({"budget_cost": 5.0}, {}, {})
    sorting = make_sorting({"declared_track": "strategic"}, {"declared_track": "strategic"}, {})
    confusion = measure_confusion(projects, sorting).set_index("declared_track")
    assert confusion.at["strategic", "project_count"] == 2
    assert confusion.at["strategic", "budget_cost"] == 5
    assert confusion.at["strategic", "unknown_count"] == 1
    assert np.isnan(confusion.at["undeclared", "budget_cost"])


def test_a_form_is_named_where_it_makes_the_label_and_mends_go_to_it() -> None:
    wrong = {"is_": "operational", "called": "strategic", "declared_label": "Change"}
    right = {"is_": "operational", "called": "operational", "declared_label": "Lean"}
    _, _, forms, readings = read_all(*[wrong] * 8, right)
    row = forms.iloc[0]
    assert (row["labelled_count"], row["wrong_count"], row["right_count"]) == (9, 8, 1)
    assert row["is_form_made"]
    assert set(readings["mend"].dropna()) == {
        "offer a choice for this kind of work in the form of list"
    }
    _, _, few, _ = read_all(*[wrong] * 4)
    assert not few["is_form_made"].any()
    _, _, habit, _ = read_all(*[wrong] * 3, *[right] * 6)
    assert not habit["is_form_made"].any()


def test_wilson_interval_is_the_published_one() -> None:
    # 10 of 50 at 90 %: Wilson's score interval by hand.
    low, high = wilson_interval(pd.Series([10, 0]), pd.Series([50, 0]))
    assert low[0] == pytest.approx(0.1237, abs=5e-4)
    assert high[0] == pytest.approx(0.3074, abs=5e-4)
    assert np.isnan(low[1])


@given(st.integers(0, 60), st.integers(1, 60))
def test_wilson_interval_holds_the_share(events: int, base: int) -> None:
    events = min(events, base)
    low, high = wilson_interval(pd.Series([events]), pd.Series([base]))
    assert 0 <= low[0] <= events / base + 1e-12 and events / base - 1e-12 <= high[0] <= 1
