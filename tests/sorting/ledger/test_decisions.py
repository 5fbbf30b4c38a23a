"""Which decision holds on which project of today, and whether reviewers agree."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, conform
from dualtrack.sorting import (
    append_decision,
    list_decision_issues,
    match_ledger,
    measure_agreement,
    read_criteria,
    read_decisions,
    read_ledger,
    sort_projects,
)
from dualtrack.sorting.ledger.cells import one_line
from dualtrack.sorting.ledger.content import fingerprint_text, join_text
from dualtrack.sorting.ledger.decisions import settle_decisions
from dualtrack.sorting.ledger.lines import parse_ledger
from tests.conftest import make_projects, make_sorting

BOILER = {"title": "Replace boiler hall 3", "description": "End of life, same output, same place"}
MARKET = {"title": "Enter the Peruvian market", "description": "Found a company with a partner"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.csv"


def decide(path: Path, project: dict[str, object], **options: object) -> None:
    whole = {"track": "strategic", "by": "Anna", "why": "x", **options}
    sorting = make_sorting({"track": "undecided"}).iloc[0]
    append_decision(path, make_projects(project).iloc[0], sorting, **whole)


def found(path: Path, *projects: dict[str, object]) -> tuple[str, str]:
    """Id and kind of match of the first decision, on these projects of today."""
    row = read_decisions(path, make_projects(*projects)).iloc[0]
    return row["project_id"], row["match_type"]


def ledger_of(*lines: str) -> pd.DataFrame:
    text = "project_id,track,by,at,why\n" + "".join(f"{line},\n" for line in lines)
    return parse_ledger(text.encode(), Path("decisions.csv"))


def rules(path: Path, *projects: dict[str, object]) -> list[str]:
    decisions = read_decisions(path, make_projects(*projects))
    issues = list_decision_issues(decisions, source_file=path.name)
    pd.testing.assert_frame_equal(issues, conform(issues, TABLES["issues"]))
    return issues["rule_name"].tolist()


def test_a_decision_is_found_by_its_id_first(path: Path) -> None:
    decide(path, {"project_id": "a", **BOILER})
    assert found(path, {"project_id": "b", **BOILER}, {"project_id": "a", **BOILER}) == (
        "a",
        "project_id",
    )
    assert rules(path, {"project_id": "a", **BOILER}) == []


def test_with_another_id_it_is_found_by_its_text(path: Path) -> None:
    decide(path, {"project_id": "a", **BOILER})
    spaced = {"title": "REPLACE  boiler, hall 3", "description": BOILER["description"]}
    assert found(path, {"project_id": "b", **spaced}) == ("b", "fingerprint")
    assert rules(path, {"project_id": "b", **BOILER}) == ["decision found by content"]


def test_else_by_nearly_the_same_title_in_the_same_unit(path: Path) -> None:
    decide(path, {"project_id": "a", **BOILER})
    slip = {"project_id": "b", "title": "Replace boiller hall 3"}
    assert found(path, slip) == ("b", "title")
    assert found(path, {**slip, "unit_name": "Unit B"}) == ("a", "absent")
    assert found(path, {**slip, "title": "Replace boiler hall 4"}) == ("a", "absent")
    assert found(path, {**slip, "title": "Replace the boiler hall 3"}) == ("a", "absent")


@given(st.text(max_size=30), st.text(max_size=60))
def test_the_fingerprint_of_a_text_is_that_of_its_line_in_the_ledger(title: str, text: str) -> None:
    kept = join_text(one_line(title), one_line(text))
    assert fingerprint_text(kept) == fingerprint_text(join_text(title, text))


def test_two_candidates_are_told_and_not_guessed(path: Path) -> None:
    decide(path, {"project_id": "a", **BOILER})
    twins = ({"project_id": "b", **BOILER}, {"project_id": "c", **BOILER})
    assert found(path, *twins) == ("a", "ambiguous")
    assert rules(path, *twins) == ["decision of an ambiguous project"]
    elsewhere = {**twins[1], "unit_name": "Unit B"}
    assert found(path, twins[0], elsewhere) == ("b", "fingerprint")


def test_a_title_is_not_taken_from_a_project_with_a_line_of_its_own(path: Path) -> None:
    decide(path, {"project_id": "a", **BOILER})
    decide(path, {"project_id": "b", "title": "Replace boiller hall 3"}, track="operational")
    decisions = read_decisions(path, make_projects({"project_id": "b", "title": "Replace boiller"}))
    assert decisions["match_type"].tolist() == ["absent", "project_id"]
    assert not decisions["is_disputed"].any()


def test_an_absent_project_keeps_its_line_and_touches_no_other(path: Path) -> None:
    decide(path, {"project_id": "a", **BOILER})
    assert found(path, {"project_id": "b", **MARKET}) == ("a", "absent")
    assert rules(path, {"project_id": "b", **MARKET}) == ["decision of an absent project"]


def test_a_much_changed_text_is_told_and_the_decision_holds(path: Path) -> None:
    decide(path, {"project_id": "a", **BOILER})
    assert found(path, {"project_id": "a", **MARKET}) == ("a", "project_id")
    assert rules(path, {"project_id": "a", **MARKET}) == ["text changed since the decision"]
    edited = {**BOILER, "description": "End of life, same output, a metre to the left"}
    assert rules(path, {"project_id": "a", **edited}) == []


def test_an_id_given_anew_does_not_carry_the_decision_to_another_project(path: Path) -> None:
    """Rows of a list without keys may swap their ids from one quarter to the next."""
    decide(path, {"project_id": "a", **BOILER}, track="maintenance")
    decide(path, {"project_id": "b", **MARKET}, track="strategic")
    swapped = make_projects({"project_id": "a", **MARKET}, {"project_id": "b", **BOILER})
    track = read_decisions(path, swapped).set_index("project_id")["track"]
    assert track.to_dict() == {"b": "maintenance", "a": "strategic"}


def test_a_line_by_hand_goes_by_its_id(path: Path) -> None:
    path.write_text("project_id,track,by,at,why\na,strategic,x,,\nz,strategic,x,,\n", "utf-8")
    decisions = read_decisions(path, make_projects({"project_id": "a", **MARKET}))
    assert decisions["match_type"].tolist() == ["project_id", "absent"]
    assert not decisions["is_text_changed"].any()


def test_the_sample_finds_every_decision_again_after_its_ids_changed(
    path: Path, sample_portfolio: Portfolio, sample_sort: tuple[pd.DataFrame, pd.DataFrame]
) -> None:
    projects = sample_portfolio.projects.sort_values("project_id").head(40)
    sorting = sample_sort[0].set_index("project_id", drop=False)
    for _, project in projects.iterrows():
        line = sorting.loc[project["project_id"]]
        append_decision(path, project, line, track="strategic", by="Anna", why="x")
    renamed = sample_portfolio.projects.assign(
        project_id="new:" + sample_portfolio.projects["project_id"].iloc[::-1].to_numpy()
    )
    true_id = dict(zip(sample_portfolio.projects["project_id"], renamed["project_id"], strict=True))
    decisions = read_decisions(path, renamed)
    is_found = decisions["match_type"] == "fingerprint"
    assert is_found.sum() >= 38  # titles without a description may come twice
    assert (
        decisions.loc[is_found, "decided_id"].map(true_id) == decisions.loc[is_found, "project_id"]
    ).all()


def test_the_latest_line_of_a_reviewer_counts_and_the_latest_of_all_holds() -> None:
    ledger = ledger_of(
        "a,strategic,Anna,2026-02-01",
        "a,operational,anna ,2026-03-01",
        "a,maintenance,Ben,2026-01-01",
        "b,strategic,Ben,",
        "b,strategic,Anna,2026-01-01",
    )
    settled = settle_decisions(ledger).set_index("project_id")
    assert settled["track"].to_dict() == {"a": "operational", "b": "strategic"}
    assert settled["is_disputed"].to_dict() == {"a": True, "b": False}
    assert settled["said"]["a"] == "Ben: maintenance; anna: operational"
    issues = list_decision_issues(settled.reset_index(), source_file="decisions.csv")
    assert issues[["project_id", "rule_name", "source_row"]].to_numpy().tolist() == [
        ["a", "reviewers differ", 3]
    ]


def test_of_two_lines_at_one_time_the_later_line_holds_and_none_is_older_than_any() -> None:
    ledger = ledger_of("a,strategic,x,2026-01-01", "a,operational,x,2026-01-01", "a,maintenance,x,")
    assert settle_decisions(ledger)["track"].tolist() == ["operational"]


def test_a_decision_found_by_content_moves_the_sort(path: Path) -> None:
    decide(path, {"project_id": "a", **BOILER}, track="operational")
    projects = make_projects({"project_id": "b", **BOILER})
    portfolio = Portfolio.from_tables(
        {"projects": projects}, as_of_date=pd.Timestamp("2026-09-30"), currency="EUR"
    )
    decisions = read_decisions(path, projects)
    row = sort_projects(portfolio, read_criteria(), decisions)[0].iloc[0]
    assert (row["track"], row["decided_by"]) == ("operational", "person")
    assert row["evidence_track"] == "maintenance"


def test_kappa_worked_by_hand() -> None:
    """10 projects, 8 alike; chance 0.5 x 0.5 + 0.5 x 0.5: kappa (0.8 - 0.5) / 0.5 = 0.6."""
    anna = ["strategic"] * 5 + ["operational"] * 5
    ben = ["operational", *["strategic"] * 5, *["operational"] * 4]
    lines = [f"p{n},{track},Anna,2026-01-01" for n, track in enumerate(anna)]
    lines += [f"p{n},{track},Ben,2026-01-02" for n, track in enumerate(ben)]
    lines += ["q,strategic,Ben,2026-01-02"]
    agreement, differing = measure_agreement(ledger_of(*lines))
    row = agreement.iloc[0]
    assert (row["reviewer_a"], row["reviewer_b"], row["project_count"]) == ("Anna", "Ben", 10)
    assert row["agreed_share"] == 0.8 and row["kappa"] == pytest.approx(0.6)
    # Wilson for 8 of 10 at z = 1.6449: 0.541 to 0.930.
    assert row["kappa_low"] == pytest.approx((0.541 - 0.5) / 0.5, abs=0.002)
    assert row["kappa_high"] == pytest.approx((0.931 - 0.5) / 0.5, abs=0.002)
    assert sorted(set(differing["project_id"])) == ["p0", "p5"]
    assert differing["by"].tolist() == ["Anna", "Ben"] * 2


def test_kappa_is_missing_with_a_reason_and_pairwise_where_more_than_two_decide() -> None:
    few = ["p1,strategic,Anna,", "p1,strategic,Ben,", "p1,operational,Cem,", "p2,strategic,Dora,"]
    agreement, differing = measure_agreement(ledger_of(*few))
    assert agreement[["reviewer_a", "reviewer_b"]].to_numpy().tolist() == [
        ["Anna", "Ben"],
        ["Anna", "Cem"],
        ["Ben", "Cem"],
    ]
    assert agreement["kappa"].isna().all() and agreement["reason"].str.contains("fewer than").all()
    assert len(differing) == 3
    same = [f"p{n},strategic,{who}," for n in range(12) for who in ("Anna", "Ben")]
    agreement, differing = measure_agreement(ledger_of(*same))
    assert agreement["reason"].tolist() == ["both gave one and the same track throughout"]
    assert differing.empty


def test_an_empty_ledger_agrees_on_nothing(path: Path) -> None:
    agreement, differing = measure_agreement(read_ledger(path))
    assert agreement.empty and differing.empty
    matched = match_ledger(read_ledger(path), make_projects({}))
    assert matched.empty and "decided_id" in matched
    assert list_decision_issues(read_decisions(path), source_file="decisions.csv").empty


def test_the_interval_of_kappa_covers_nine_in_ten() -> None:
    """Two reviewers who each err in a third of 20 projects; the true kappa by 200,000."""
    rng = np.random.default_rng(3)
    tracks = np.array(["operational", "strategic", "maintenance"])

    def review(count: int) -> pd.DataFrame:
        truth = rng.choice(3, count, p=[0.5, 0.3, 0.2])
        said = [np.where(rng.random(count) < 0.3, rng.choice(3, count), truth) for _ in range(2)]
        ids = [f"p{n}" for n in range(count)]
        parts = [
            pd.DataFrame({"project_id": ids, "track": tracks[one], "by": by, "why": ""})
            for one, by in zip(said, ("Anna", "Ben"), strict=True)
        ]
        ledger = pd.concat(parts, ignore_index=True)
        return ledger.assign(at=pd.NaT, line_number=range(2, 2 + len(ledger)))

    true = measure_agreement(review(200_000))[0]["kappa"][0]
    hits = [
        row["kappa_low"] <= true <= row["kappa_high"]
        for row in (measure_agreement(review(20))[0].iloc[0] for _ in range(100))
    ]
    assert 0.82 <= np.mean(hits) <= 0.98
