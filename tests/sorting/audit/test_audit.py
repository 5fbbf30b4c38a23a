"""The audit: drawn blind with known chances, judged with intervals that hold what they promise."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.errors import SortingError
from dualtrack.schema import TRACKS
from dualtrack.sorting import draw_audit, list_labels, measure_audit, read_labels
from dualtrack.sorting.audit.estimate import STRATEGIC_OF_BOTH, Audit
from dualtrack.sorting.intervals import stratified_wilson, wilson_interval
from tests.conftest import make_projects, make_sorting


def sorted_as(**counts: int) -> pd.DataFrame:
    return make_sorting(*({"track": track} for track, n in counts.items() for _ in range(n)))


def label(drawn: pd.DataFrame, labels: list[str | None]) -> pd.DataFrame:
    return read_labels(drawn[["project_id"]].assign(label=labels), drawn, source_file="labels.csv")


def audit_of(sorting: pd.DataFrame, truth: pd.Series, *, size: int, seed: int = 1) -> Audit:
    drawn = draw_audit(sorting, size=size, seed=seed)
    labels = label(drawn, truth[drawn["project_id"]].tolist())
    return measure_audit(labels, sorting, make_projects(*[{}] * len(sorting)))


def share(audit: Audit, track: str, column: str, quantity: str = "projects") -> float:
    mix = audit.mix.set_index(["quantity_type", "track"])
    return float(mix.at[(quantity, track), column])


def test_each_track_gets_five_places_and_the_rest_go_by_size() -> None:
    """100, 50, 10 and 3 projects, 38 places: 5, 5, 5, 3, then 20 by 95:45:5 = 13.1, 6.2, 0.7."""
    sorting = sorted_as(operational=100, strategic=50, maintenance=10, undecided=3)
    drawn = draw_audit(sorting, size=38, seed=1)
    assert drawn["drawn_track"].value_counts()[list(TRACKS)].tolist() == [18, 11, 6, 3]
    chance = drawn.groupby("drawn_track")["inclusion_probability"].first()
    np.testing.assert_allclose(chance[list(TRACKS)], [0.18, 0.22, 0.6, 1.0])
    # Horvitz and Thompson: the inverse chances add up to the number of projects.
    assert (1 / drawn["inclusion_probability"]).sum() == pytest.approx(163)


@given(
    st.lists(st.integers(0, 40), min_size=4, max_size=4).filter(any),
    st.integers(4, 80),
    st.integers(0, 99),
)
def test_a_draw_has_its_size_and_no_project_twice(counts: list[int], size: int, seed: int) -> None:
    sorting = sorted_as(**dict(zip(TRACKS, counts, strict=True)))
    drawn = draw_audit(sorting, size=size, seed=seed)
    assert len(drawn) == min(size, sum(counts)) and drawn["project_id"].is_unique
    assert drawn["drawn_track"].nunique() == sum(count > 0 for count in counts)
    pd.testing.assert_frame_equal(drawn, draw_audit(sorting, size=size, seed=seed))


def test_another_seed_draws_others_and_too_small_a_sample_is_refused() -> None:
    sorting = sorted_as(operational=50, strategic=50)
    one, other = (draw_audit(sorting, size=20, seed=seed) for seed in (1, 2))
    assert set(one["project_id"]) != set(other["project_id"])
    with pytest.raises(SortingError, match="A sample of 1 from 100 projects on 2 tracks"):
        draw_audit(sorting, size=1, seed=1)
    with pytest.raises(SortingError, match="0 projects"):
        draw_audit(sorting.head(0), size=50, seed=1)


def test_the_person_sees_the_text_and_nothing_of_the_sort() -> None:
    sorting = sorted_as(operational=30, strategic=30)
    drawn = draw_audit(sorting, size=20, seed=1)
    labels = list_labels(drawn, make_projects(*[{"declared_label": "Run"}] * 60))
    assert list(labels) == ["project_id", "title", "description", "unit_name", "label"]
    assert labels["label"].eq("").all()
    track = drawn["drawn_track"].tolist()
    assert track not in (sorted(track), sorted(track, reverse=True))  # the order tells nothing


def test_labels_are_read_as_people_write_them_and_blanks_are_no_label() -> None:
    drawn = draw_audit(sorted_as(operational=5), size=5, seed=1)
    labels = label(drawn, [" Strategic", "neither-run", "OPERATIONAL", "", None])
    found = [None if pd.isna(one) else one for one in labels["label"]]
    assert found == ["strategic", "maintenance", "operational", None, None]


def test_every_wrong_label_is_named_with_its_line() -> None:
    drawn = draw_audit(sorted_as(operational=5), size=5, seed=1)
    rows = drawn[["project_id"]].assign(label=["kaizen", "strategic", "?", "", ""])
    wrong = pd.concat([rows, rows.iloc[[1]], rows.iloc[[2]].assign(project_id="x", label="")])
    with pytest.raises(SortingError) as fault:
        read_labels(wrong, drawn, source_file="labels.csv")
    told = str(fault.value)
    assert told.startswith("labels.csv: line [2, 4]: label is none of")
    assert "line [3, 7]: project comes twice" in told
    assert "line [8]: project was not drawn" in told
    with pytest.raises(SortingError, match=r"no column \['label'\]"):
        read_labels(rows[["project_id"]], drawn, source_file="labels.csv")


def test_accuracy_is_weighted_by_the_inverse_of_the_chance() -> None:
    """80 operational, 5 of 10 right; 20 strategic, 10 of 10 right: 0.8 x 0.5 + 0.2 x 1 = 0.6."""
    sorting = sorted_as(operational=80, strategic=20)
    is_operational = sorting["track"].eq("operational").to_numpy()
    drawn = pd.DataFrame(
        {
            "project_id": [f"list:{n}" for n in (*range(1, 11), *range(81, 91))],
            "drawn_track": ["operational"] * 10 + ["strategic"] * 10,
            "inclusion_probability": [10 / 80] * 10 + [10 / 20] * 10,
        }
    )
    labels = label(drawn, ["operational"] * 5 + ["maintenance"] * 5 + ["strategic"] * 10)
    audit = measure_audit(labels, sorting, make_projects(*[{}] * 100))
    assert is_operational.sum() == 80
    assert audit.accuracy == pytest.approx(0.6)
    assert audit.accuracy_low < 0.6 < audit.accuracy_high
    assert (audit.labelled_count, audit.unlabelled_count, audit.coverage) == (20, 0, 1.0)
    assert share(audit, "operational", "sorted_share") == pytest.approx(0.8)
    assert share(audit, "operational", "corrected_share") == pytest.approx(0.4)
    assert share(audit, "maintenance", "corrected_share") == pytest.approx(0.4)
    assert share(audit, STRATEGIC_OF_BOTH, "sorted_share") == pytest.approx(0.2)
    assert share(audit, STRATEGIC_OF_BOTH, "corrected_share") == pytest.approx(1 / 3)
    confusion = audit.confusion.set_index(["label", "evidence_track"])
    assert confusion.at[("maintenance", "operational"), "label_count"] == 5
    assert confusion.at[("maintenance", "operational"), "project_share"] == pytest.approx(0.4)
    assert confusion["project_share"].sum() == pytest.approx(1)


def test_undecided_projects_are_neither_right_nor_wrong_but_go_into_the_mix() -> None:
    sorting = sorted_as(operational=10, undecided=10)
    truth = pd.Series("operational", index=sorting["project_id"])
    truth.iloc[10:] = "strategic"
    audit = audit_of(sorting, truth, size=20)
    assert (audit.accuracy, audit.coverage) == (1.0, 0.5)
    assert share(audit, "strategic", "corrected_share") == pytest.approx(0.5)
    # All are labelled: nothing is left open.
    assert share(audit, "strategic", "corrected_low") == pytest.approx(0.5)
    assert audit.accuracy_low == pytest.approx(1.0, abs=1e-6)


def test_money_is_divided_up_as_the_labels_are_and_labelled_projects_count_as_themselves() -> None:
    """Four operational of 10 each, two labelled (one strategic); one of 100, labelled strategic."""
    sorting = sorted_as(operational=4, strategic=1)
    projects = make_projects(*[{"budget_cost": 10}] * 4, {"budget_cost": 100})
    drawn = pd.DataFrame(
        {
            "project_id": ["list:1", "list:2", "list:5"],
            "drawn_track": ["operational", "operational", "strategic"],
            "inclusion_probability": [0.5, 0.5, 1.0],
        }
    )
    audit = measure_audit(
        label(drawn, ["operational", "strategic", "strategic"]), sorting, projects
    )
    assert share(audit, "strategic", "corrected_share", "budget_cost") == pytest.approx(120 / 140)
    assert share(audit, "strategic", "sorted_share", "budget_cost") == pytest.approx(100 / 140)
    unknown = measure_audit(label(drawn, ["operational"] * 3), sorting, make_projects(*[{}] * 5))
    assert set(unknown.mix["quantity_type"]) == {"projects"}


def test_blank_rows_and_projects_no_longer_there_are_counted_and_left_out() -> None:
    sorting = sorted_as(operational=20)
    drawn = draw_audit(sorting, size=10, seed=1)
    labels = label(drawn, ["operational"] * 7 + [""] * 3)
    gone = drawn["project_id"][0]
    left = sorting[sorting["project_id"] != gone].reset_index(drop=True)
    audit = measure_audit(labels, left, make_projects(*[{}] * 20))
    assert (audit.labelled_count, audit.unlabelled_count, audit.gone) == (6, 3, (gone,))


def test_a_sort_that_changed_since_is_judged_as_it_is_now() -> None:
    sorting = sorted_as(operational=10, strategic=10)
    drawn = draw_audit(sorting, size=20, seed=1)
    labels = label(drawn, ["strategic"] * 20)
    now = sorting.assign(evidence_track="strategic")
    audit = measure_audit(labels, now, make_projects(*[{}] * 20))
    assert (audit.accuracy, audit.moved_count) == (1.0, 10)


def test_without_labels_of_a_track_there_is_no_answer() -> None:
    sorting = sorted_as(operational=10, strategic=10)
    drawn = draw_audit(sorting, size=10, seed=1)
    given_labels = ["x" if one == "strategic" else "" for one in drawn["drawn_track"]]
    labels = label(drawn, [one.replace("x", "strategic") for one in given_labels])
    with pytest.raises(SortingError, match=r"none for 1 of the 2 groups.*Label some of \['list:"):
        measure_audit(labels, sorting, make_projects(*[{}] * 20))
    with pytest.raises(SortingError, match="Draw anew"):
        some = labels.assign(label="strategic")
        new = sorting.assign(
            evidence_track=sorting["evidence_track"].where(
                sorting["project_id"].isin(drawn["project_id"]), "maintenance"
            )
        )
        measure_audit(some, new, make_projects(*[{}] * 20))


def test_a_list_without_a_decided_project_has_no_accuracy() -> None:
    sorting = sorted_as(undecided=10)
    audit = audit_of(sorting, pd.Series("strategic", index=sorting["project_id"]), size=5)
    assert math.isnan(audit.accuracy) and audit.coverage == 0
    assert math.isnan(share(audit, STRATEGIC_OF_BOTH, "sorted_share"))


def test_wilson_as_published() -> None:
    """Four shares at 95 %: Newcombe (1998), Statistics in Medicine 17(8), table I."""
    assert wilson_interval(81 / 263, 263, z=1.96) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15 / 148, 148, z=1.96) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0, 20, z=1.96) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson_interval(1 / 29, 29, z=1.96) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_one_stratum_is_wilson_itself() -> None:
    low, high = stratified_wilson(np.array([0.9]), np.array([30.0]), np.array([1.0]))
    assert (low, high) == pytest.approx(wilson_interval(0.9, 30))


def test_intervals_hold_what_they_promise() -> None:
    """50 audits of 50 from 170 projects with a sort right on 9 in 10: 90 % cover, within noise."""
    rng = np.random.default_rng(5)
    sorting = sorted_as(operational=62, strategic=48, maintenance=26, undecided=34)
    confusion = np.array([[0.9, 0.05, 0.05], [0.05, 0.92, 0.03], [0.1, 0.1, 0.8], [0.4, 0.4, 0.2]])
    hits = []
    for seed in range(50):
        kind = [rng.choice(3, p=confusion[TRACKS.index(one)]) for one in sorting["evidence_track"]]
        truth = pd.Series(np.array(TRACKS)[kind], index=sorting["project_id"])
        audit = audit_of(sorting, truth, size=50, seed=seed)
        is_decided = sorting["track"].ne("undecided").to_numpy()
        right = (truth.to_numpy() == sorting["track"].to_numpy())[is_decided].mean()
        strategic = (truth == "strategic").sum() / truth.isin(TRACKS[:2]).sum()
        low, high = (share(audit, STRATEGIC_OF_BOTH, f"corrected_{end}") for end in ("low", "high"))
        hits.append((audit.accuracy_low <= right <= audit.accuracy_high, low <= strategic <= high))
    covered = np.mean(hits, axis=0)
    assert ((covered >= 0.78) & (covered <= 1.0)).all(), covered


def test_input_is_unchanged() -> None:
    sorting = sorted_as(operational=10, strategic=10)
    before = sorting.copy()
    audit_of(sorting, pd.Series("strategic", index=sorting["project_id"]), size=10)
    pd.testing.assert_frame_equal(sorting, before)
