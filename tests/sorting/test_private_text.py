"""What packs are made from names nobody, and is the same in all else."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from dualtrack.config import PrivacySettings, Settings
from dualtrack.portfolio import Portfolio, read_portfolio_snapshot, write_portfolio_snapshot
from dualtrack.records.people import pseudonyms
from dualtrack.schema import TABLES, conform
from dualtrack.sorting.private_text import hide_in_text, hide_people
from dualtrack.sorting.second_reader.names import list_names
from tests.conftest import make_projects, make_sorting

PSEUDONYM = pseudonyms(Settings(privacy=PrivacySettings(people_key="key")))
ADA, BO, CY = "Adaeze Quistgard", "Bohumil Värtinen", "Cyrille Oyelaran"


def make_portfolio(**tables: pd.DataFrame) -> Portfolio:
    projects = make_projects(
        {
            "project_id": "list:hand-over-from-bohumil-värtinen",
            "title": f"Hand over from {BO}",
            "description": "Ask Quistgard (a.quistgard@example.org, +44 20 7946 0958).",
            "owner": ADA,
            "sponsor": BO,
            "team_name": "Team Adaeze Quistgard",
            "review_forum": "Monthly board",
        },
        {
            "title": "Raise yield to 98 %",
            "description": "See Oyelaran's list",
            "owner": BO,
            "team_name": "Team Bohumil Värtinen",
            "parent_id": "list:hand-over-from-bohumil-värtinen",
        },
    )
    own = {
        "projects": projects,
        "milestones": pd.DataFrame(
            {
                "project_id": projects["project_id"].iloc[0],
                "title": [f"Call {ADA}", f"Call {BO}", "Gate 1"],
                "is_done": [False, False, True],
            }
        ),
        "capacity": pd.DataFrame(
            {
                "person_id": [PSEUDONYM(CY)],
                "month": pd.to_datetime(["2026-07-01"]),
                "capacity_hours": [100.0],
                "level_type": ["manager"],
                "unit_name": ["Unit A"],
            }
        ),
    }
    texts = pd.DataFrame({"project_id": ["list:2"], "value": [f"{CY}; {BO}"]})
    issues = texts.assign(
        severity_type="info", table_name="projects", rule_name="odd", message="Look"
    )
    whole = own | {"issues": issues} | tables
    tables = {
        name: conform(frame[[c for c in TABLES[name].column_names if c in frame]], TABLES[name])
        for name, frame in whole.items()
    }
    return Portfolio.from_tables(tables, as_of_date=pd.Timestamp("2026-09-30"), currency="EUR")


def hide(portfolio: Portfolio, *frames: pd.DataFrame) -> tuple[Portfolio, ...]:
    return hide_people(portfolio, *frames, pseudonym=PSEUDONYM)


def test_no_table_names_anyone() -> None:
    portfolio = make_portfolio()
    projects = portfolio.projects
    portfolio = make_portfolio(
        projects=projects.assign(description=[projects["description"][0], f"See {CY}'s list"])
    )
    hidden, *_ = hide(portfolio)
    text = " ".join(str(frame.to_dict()) for frame in hidden.tables().values()).casefold()
    for word in ("adaeze", "quistgard", "bohumil", "värtinen", "cyrille", "oyelaran", "7946", "@"):
        assert word not in text, word


def test_texts_keep_what_is_not_about_people() -> None:
    hidden, *_ = hide(make_portfolio())
    assert hidden.projects["title"].tolist() == ["Hand over from [name]", "Raise yield to 98 %"]
    assert hidden.projects["description"][0] == "Ask [name] ([e-mail], [phone])."
    assert hidden.projects["review_forum"][0] == "Monthly board"


def test_owners_and_sponsors_can_still_be_told_apart() -> None:
    hidden, *_ = hide(make_portfolio())
    assert hidden.projects["owner"].tolist() == [PSEUDONYM(ADA), PSEUDONYM(BO)]
    assert hidden.projects["sponsor"][0] == PSEUDONYM(BO)


def test_teams_and_milestones_that_differ_go_on_to_differ() -> None:
    hidden, *_ = hide(make_portfolio())
    assert hidden.projects["team_name"].tolist() == ["Team [name]", "Team [name] 2"]
    assert hidden.milestones["title"].tolist() == ["Call [name]", "Call [name] (2)", "Gate 1"]


def test_ids_made_of_a_name_change_alike_everywhere() -> None:
    portfolio = make_portfolio()
    sorting = make_sorting({"project_id": portfolio.projects["project_id"][0]}, {})
    hidden, sorted_, evidence = hide(
        portfolio, sorting, pd.DataFrame({"project_id": ["list:2"], "quote": [f"with {BO}"]})
    )
    own = hidden.projects["project_id"][0]
    assert own == "list:hand-over-from-name" == sorted_["project_id"][0]
    assert hidden.projects["parent_id"][1] == own
    assert set(hidden.milestones["project_id"]) == {own}
    assert hidden.projects["project_id"][1] == "list:2" and evidence["quote"][0] == "with [name]"


def test_doing_it_again_changes_nothing(tmp_path) -> None:
    portfolio = make_portfolio()
    hidden, *_ = hide(portfolio)
    write_portfolio_snapshot(hidden, tmp_path)  # keys are still keys
    again, *_ = hide(read_portfolio_snapshot(tmp_path))
    for name, frame in hidden.tables().items():
        pd.testing.assert_frame_equal(getattr(again, name), frame)
    assert portfolio.projects["owner"][0] == ADA, "what was given is as it was"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Open https://example.org/projects/7", "Open https://example.org/projects/7"),
        ("[name] and [e-mail] stay", "[name] and [e-mail] stay"),
        ("Dr. Unknown Person decides", "Dr. [name] decides"),
        ("Owner: Joan Known. Scope: Harbour", "Owner: [name]. Scope: Harbour"),
        ("", ""),
    ],
)
def test_other_texts(text: str, expected: str) -> None:
    assert hide_in_text(text, list_names([ADA])) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Power supply for the hall", "Power supply for the hall"),
        ("New hall. Power supply", "New hall. Power supply"),
        ("Hall: Power supply", "Hall: Power supply"),
        ("Improve Power Supply", "Improve Power Supply"),
        ("Cut power by 5 %", "Cut power by 5 %"),
        ("Ask Power about the hall", "Ask [name] about the hall"),
        ("Anna Power about the hall", "[name] about the hall"),
        ("POWER, ANNA", "[name]"),
    ],
)
def test_a_name_that_is_a_word_is_hidden_where_it_is_a_name(text: str, expected: str) -> None:
    assert hide_in_text(text, list_names(["Anna Power"])) == expected


def test_a_portfolio_without_people_or_rows_is_as_it_was() -> None:
    empty = Portfolio.from_tables({}, as_of_date=pd.Timestamp("2026-09-30"), currency="EUR")
    hidden, *_ = hide(empty)
    for name, frame in empty.tables().items():
        pd.testing.assert_frame_equal(getattr(hidden, name), frame)


def test_the_sample_keeps_every_text_that_names_nobody(sample_portfolio: Portfolio) -> None:
    hidden, *_ = hide(sample_portfolio)
    for column in ("project_id", "title", "description", "team_name", "review_forum"):
        pd.testing.assert_series_equal(hidden.projects[column], sample_portfolio.projects[column])
    named = sample_portfolio.projects["owner"].dropna().unique()
    assert not set(named) & set(hidden.projects["owner"].dropna())
    assert hidden.projects["owner"].nunique() == len(named)


def test_five_thousand_projects_take_seconds(sample_portfolio: Portfolio) -> None:
    base = sample_portfolio.projects
    many = pd.concat([base] * 30, ignore_index=True)
    number = many.groupby("project_id").cumcount().astype("str")
    many = many.assign(
        project_id=many["project_id"] + "-" + number, title=many["title"] + " " + number
    )
    portfolio = make_portfolio(projects=many)
    started = time.perf_counter()
    hide(portfolio)
    assert time.perf_counter() - started < 20  # about 2 on one core
