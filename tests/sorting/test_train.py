"""The corpus is sound, and the shipped weights come from it."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from dualtrack.errors import SortingError
from dualtrack.sorting import read_corpus, read_criteria
from dualtrack.sorting.fit import fit_additive, fit_criteria, softmax
from dualtrack.sorting.score import NATURES
from dualtrack.sorting.train import train_weights


def test_the_corpus_is_what_its_card_says() -> None:
    corpus = read_corpus()
    assert len(corpus) >= 6_000
    assert not corpus["title"].str.casefold().duplicated().any()
    assert set(corpus["lang"]) == {"en", "es", "de", "fr", "pt"}
    assert corpus["sector"].nunique() >= 15
    assert (corpus["label"].value_counts(normalize=True) > 0.25).all()
    known = {one.criterion_id: one.track for one in read_criteria().criteria}
    for label, cell in zip(corpus["label"], corpus["criteria"], strict=True):
        assert {known[name] for name in cell.split(",")} == {label}
    assert 0.08 < corpus["is_held_out"].mean() < 0.12


def test_a_wrong_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("label\ttitle\nstrategic\tA\n", encoding="utf-8")
    with pytest.raises(SortingError, match=r"x\.tsv line 2"):
        read_corpus(tmp_path)


def test_a_line_is_held_out_by_its_title_alone(tmp_path: Path) -> None:
    # First byte of the digest by ten: 0 for two of the titles, 1 and 2 for the others.
    titles = ["Kaizen week", "Cut scrap", "Line 1", "Line 3"]
    lines = [f"strategic\t{title}\t\tx\ty\ten\teasy" for title in titles]
    head = "label\ttitle\tdescription\tcriteria\tsector\tlang\tdifficulty"
    (tmp_path / "b.tsv").write_text("\n".join([head, *lines[:3]]), encoding="utf-8")
    (tmp_path / "a.tsv").write_text("\n".join([head, *lines[3:]]), encoding="utf-8")
    (tmp_path / "c.txt").write_text("not a line of it", encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert corpus["title"].tolist() == ["Line 3", "Kaizen week", "Cut scrap", "Line 1"]
    assert corpus["file_name"].tolist() == ["a.tsv", "b.tsv", "b.tsv", "b.tsv"]
    assert corpus["is_held_out"].tolist() == [True, True, False, False]


@pytest.mark.slow
def test_training_gives_the_shipped_weights() -> None:
    folder = resources.files("dualtrack.sorting") / "model"
    shipped = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    trained = train_weights(read_corpus(), read_criteria()).content
    entries = trained["criteria"]
    assert isinstance(entries, list)
    assert [one["criterion_id"] for one in entries] == [
        one["criterion_id"] for one in shipped["criteria"]
    ]
    for found, known in zip(entries, shipped["criteria"], strict=True):
        np.testing.assert_allclose(found["vector"], known["vector"], atol=2e-3)
        np.testing.assert_allclose(found["weight"], known["weight"], atol=0.05)


def test_fits_find_what_made_the_records() -> None:
    draw = np.random.default_rng(3)
    vectors = draw.normal(size=(4000, 3))
    truth = np.array([[2.0, 0.0], [0.0, -1.5], [0.0, 0.0]])
    chance = 1 / (1 + np.exp(-(vectors @ truth - 0.5)))
    shown = (draw.random(chance.shape) < chance).astype(float)
    found, intercepts = fit_criteria(vectors, shown, np.ones_like(shown), penalty=0.1)
    np.testing.assert_allclose(found, truth, atol=0.15)
    np.testing.assert_allclose(intercepts, -0.5, atol=0.15)


def test_additive_weights_are_never_negative_and_are_pulled_to_their_start() -> None:
    draw = np.random.default_rng(5)
    tracks = np.array([0, 1, 2, 2])
    shown = draw.random((3000, 4))
    shares = softmax(np.column_stack([4 * shown[:, 0], 2 * shown[:, 1], 3 * shown[:, 2]]))
    labels = np.array([draw.choice(len(NATURES), p=row) for row in shares])
    weights, _ = fit_additive(shown, labels, tracks, start=np.zeros(4), pull=0.1)
    np.testing.assert_allclose(weights, [4, 2, 3, 0], atol=0.7)
    held, _ = fit_additive(shown, labels, tracks, start=np.full(4, 1.0), pull=1e6)
    np.testing.assert_allclose(held, 1.0, atol=0.05)
