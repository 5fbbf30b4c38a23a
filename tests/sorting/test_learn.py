"""A company's own words are learnt from few decisions; what was known is not forgotten."""

from __future__ import annotations

import random
from pathlib import Path

import pandas as pd

from dualtrack.portfolio import Portfolio
from dualtrack.sorting import read_corpus, read_criteria, read_decisions, sort_projects
from dualtrack.sorting.flip import find_flips
from dualtrack.sorting.learn import LEARNED_ID, learn_words, list_learned, score_learned
from tests.conftest import make_projects

# Words of a company that mean nothing outside it, by the track its people mean.
JARGON = {
    "operational": ["Tulip", "Gemba-Friday", "Quickfox"],
    "strategic": ["Northstar", "Seedbed", "Bluebridge"],
    "maintenance": ["Evergreen", "Keepwell", "Roundsman"],
}
PLACES = ["Aalen", "Breda", "Celle", "Delft", "Essen", "Fulda", "Ghent", "Halle"]


def jargon_projects(count: int, *, seed: int) -> pd.DataFrame:
    draw = random.Random(seed)
    rows = []
    for _ in range(count):
        track = draw.choice(sorted(JARGON))
        title = f"{draw.choice(JARGON[track])} {draw.choice(PLACES)} {draw.randint(1, 99)}"
        rows.append({"title": title, "project_id": f"own:{len(rows)}", "truth": track})
    return pd.DataFrame(rows)


def sort_them(projects: pd.DataFrame, decided: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    portfolio = Portfolio.from_tables(
        {"projects": make_projects(*projects[["project_id", "title"]].to_dict("records"))},
        as_of_date=pd.Timestamp("2026-09-30"),
        currency="EUR",
    )
    decisions = projects.head(decided)[["project_id", "truth"]].rename(columns={"truth": "track"})
    return sort_projects(portfolio, read_criteria(), decisions)


def test_the_share_decided_rightly_grows_with_the_decisions() -> None:
    projects = jargon_projects(150, seed=1)
    rest = projects["truth"][50:].to_numpy()
    right = []
    for decided in (0, 20, 50):
        sorting, _ = sort_them(projects, decided)
        track = sorting["track"][50:].to_numpy()
        right.append((track == rest).mean())
        wrong = ((track != rest) & (track != "undecided")).mean()
        assert wrong <= 0.10
    assert right[0] < 0.3
    assert right[1] > right[0] + 0.08
    assert right[2] > 0.5


def test_what_decisions_taught_is_shown_and_named() -> None:
    sorting, evidence = sort_them(jargon_projects(150, seed=2), 50)
    learned = evidence[evidence["criterion_id"] == LEARNED_ID]
    assert set(learned["quote"]) & {"Northstar", "Evergreen", "Tulip"}
    assert (sorting["decided_by"] == "learned").sum() > 20
    assert (sorting["decided_by"] == "person").sum() == 50


def test_clear_projects_stay_where_they_are() -> None:
    own = jargon_projects(50, seed=3)
    lines = read_corpus().query("is_held_out and lang == 'en' and difficulty == 'easy'").head(150)
    known = pd.DataFrame(
        {"title": lines["title"], "project_id": [f"k:{n}" for n in range(len(lines))]}
    ).assign(truth=lines["label"].to_numpy())
    before, _ = sort_them(pd.concat([own, known]), 0)
    after, _ = sort_them(pd.concat([own, known]), 50)
    was, now = before["track"][50:].to_numpy(), after["track"][50:].to_numpy()
    decided = was != "undecided"
    assert (was[decided] == now[decided]).mean() > 0.97


def test_few_decisions_teach_nothing() -> None:
    texts = pd.DataFrame({"project_id": ["a"], "column_name": ["title"], "text": ["Tulip"]})
    decisions = read_decisions(Path("none.csv"))
    scores = pd.DataFrame(columns=["operational", "strategic", "maintenance"])
    assert learn_words(texts, decisions, scores).empty


def test_taking_away_what_is_named_flips_the_track() -> None:
    projects = make_projects(
        {"title": "Enter the Peruvian market with a joint venture"},
        {"title": "Repair the leaking roof of hall 2"},
        {"title": "Optimise picking routes; open a hub in Riga"},
    )
    portfolio = Portfolio.from_tables(
        {"projects": projects}, as_of_date=pd.Timestamp("2026-09-30"), currency="EUR"
    )
    criteria = read_criteria()
    _, evidence = sort_projects(portfolio, criteria, read_decisions(Path("none.csv")))
    flips = find_flips(projects["project_id"], evidence, criteria)
    assert flips["project_id"].tolist() == projects["project_id"].tolist()
    for row in flips.dropna(subset=["flip_count"]).itertuples():
        lost = row.flip_criteria.split("; ")
        assert len(lost) == row.flip_count
        own = evidence["project_id"].eq(row.project_id)
        toward = evidence["toward_track"].eq(row.track)
        left = evidence[~(own & toward & evidence["criterion_id"].isin(lost))]
        again = find_flips(projects["project_id"], left, criteria).set_index("project_id")
        assert again.loc[row.project_id, "track"] != row.track


def test_learned_words_are_listed_by_weight_with_the_projects_they_stand_in() -> None:
    rows = [
        ("a", LEARNED_ID, "Tulip", "operational", 1.0),
        ("b", LEARNED_ID, "tulip", "operational", 1.5),
        ("b", LEARNED_ID, "TULIP", "operational", 1.5),
        ("a", LEARNED_ID, "Bridge", "strategic", 1.5),
        ("a", LEARNED_ID, "Tulip", "strategic", 2.0),
        ("c", "new_market", "Peru", "strategic", 9.0),
    ]
    columns = ["project_id", "criterion_id", "quote", "toward_track", "contribution"]
    found = list_learned(pd.DataFrame(rows, columns=columns))
    assert found.to_dict("split") == {
        "index": [0, 1, 2],
        "columns": ["word", "toward_track", "weight", "project_count"],
        "data": [
            ["tulip", "strategic", 2.0, 1],
            ["bridge", "strategic", 1.5, 1],
            ["tulip", "operational", 1.5, 2],
        ],
    }


def test_a_learned_word_is_evidence_once_a_project_in_the_words_of_its_text() -> None:
    learned = pd.DataFrame(
        {
            "word": ["tulip", "tulip", "bridge"],
            "toward_track": ["strategic", "operational", "strategic"],
            "weight": [1.5, 0.5, 2.0],
        }
    )
    texts = pd.DataFrame(
        [("a", "title", "TULIP week"), ("a", "description", "Tulip"), ("b", "title", "No bridges")],
        columns=["project_id", "column_name", "text"],
    )
    found = score_learned(texts, learned)
    shown = found.drop(columns="says").to_dict("records")
    row = {"project_id": "a", "column_name": "title", "quote": "TULIP", "reading": "evidence"}
    row |= {"criterion_id": LEARNED_ID}
    assert shown == [
        row | {"toward_track": "strategic", "contribution": 1.5},
        row | {"toward_track": "operational", "contribution": 0.5},
    ]
    assert set(found["says"]) == {"your own decisions: this word"}
    nothing = score_learned(texts, learned.head(0))
    assert nothing.empty and set(nothing) == set(found)
