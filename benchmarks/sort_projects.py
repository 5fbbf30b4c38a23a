"""How long the sort takes: projects with 60-word descriptions, sorted and explained, then again.

Run by hand: `uv run python benchmarks/sort_projects.py [--projects 10000]`. Texts are made of the
training lines' own sentences, so that they are read like real ones. Prints seconds, projects a
second, peak memory, and the seconds of the plain pipelines on the same texts where their libraries
are there: TF-IDF, and MiniLM through sentence-transformers (`--minilm FOLDER`), each with logistic
regression.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from pathlib import Path

import pandas as pd

from dualtrack.portfolio import Portfolio
from dualtrack.sorting import read_corpus, read_criteria, read_decisions, sort_projects

WORDS = 60


def make_projects(count: int) -> pd.DataFrame:
    """Projects with titles and descriptions of 60 words from the corpus."""
    corpus, draw = read_corpus(), random.Random(7)
    words = " ".join(corpus["description"]).split()
    starts = [draw.randrange(len(words) - WORDS) for _ in range(count)]
    titles = corpus["title"].tolist()
    return pd.DataFrame(
        {
            "project_id": [f"bench:{number}" for number in range(count)],
            "title": [titles[number % len(titles)] for number in range(count)],
            "description": [" ".join(words[start : start + WORDS]) for start in starts],
            "source_file": "bench.csv",
            "source_row": range(count),
        }
    )


def measure_baseline(projects: pd.DataFrame) -> float | None:
    """Seconds of TF-IDF with logistic regression on the same texts, no reasons given."""
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return None
    corpus = read_corpus()
    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    fitted = LogisticRegression(max_iter=300).fit(
        words.fit_transform(corpus["title"] + " " + corpus["description"]), corpus["label"]
    )
    start = time.perf_counter()
    fitted.predict_proba(words.transform(projects["title"] + " " + projects["description"]))
    return time.perf_counter() - start


def measure_minilm(projects: pd.DataFrame, folder: str) -> float | None:
    """Seconds of MiniLM through its usual library with logistic regression, no reasons given."""
    try:
        from sentence_transformers import SentenceTransformer
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return None
    corpus = read_corpus().iloc[::16]  # a fit of any size costs the same afterwards
    model = SentenceTransformer(folder, device="cpu")
    fitted = LogisticRegression(max_iter=300).fit(
        model.encode((corpus["title"] + " " + corpus["description"]).tolist()), corpus["label"]
    )
    texts = (projects["title"] + " " + projects["description"]).tolist()
    start = time.perf_counter()
    fitted.predict_proba(model.encode(texts))
    return time.perf_counter() - start


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--projects", type=int, default=10_000)
    parser.add_argument("--minilm", default="", help="folder of all-MiniLM-L6-v2, to compare with")
    asked = parser.parse_args()
    count = asked.projects
    projects = make_projects(count)
    portfolio = Portfolio.from_tables(
        {"projects": projects}, as_of_date=pd.Timestamp("2026-09-30"), currency="EUR"
    )
    decisions = read_decisions(Path("none.csv"))
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):
            start = time.perf_counter()
            sort_projects(
                portfolio, read_criteria(), decisions, cache_file=Path(folder) / "readings.npz"
            )
            seconds.append(time.perf_counter() - start)
    told = {
        "projects": count,
        "first_s": round(seconds[0], 1),
        "again_s": round(seconds[1], 1),
        "projects_per_s": round(count / seconds[0]),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "tfidf_s": measure_baseline(projects),
        "minilm_s": measure_minilm(projects, asked.minilm) if asked.minilm else None,
    }
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
