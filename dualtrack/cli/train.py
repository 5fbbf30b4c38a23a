"""The command that rebuilds the shipped weights: `train`."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import typer
from rich.console import Console

from dualtrack.sorting import read_corpus, read_criteria, read_labelled
from dualtrack.sorting.fit import softmax
from dualtrack.sorting.train import fit_temperature, train_weights, write_weights

__all__ = ["add_commands", "train"]


def add_commands(app: typer.Typer) -> None:
    """Register this family's commands."""
    app.command()(train)


def train(
    out: Path | None = typer.Option(None, help="File to write; the shipped weights if left out."),
    labels: Path | None = typer.Option(
        None, help="CSV with title, description, label to calibrate on, instead of held-out lines."
    ),
    corpus_dir: Path | None = typer.Option(None, "--corpus", help="Folder of training lines."),
) -> None:
    """Rebuild the weights of the text model from the corpus."""
    corpus = read_corpus(corpus_dir)
    labelled = None if labels is None else read_labelled(labels)
    criteria = read_criteria()
    trained = train_weights(corpus, criteria, labelled)
    target = out or Path(str(resources.files("dualtrack.sorting") / "model" / "weights.json"))
    write_weights(trained, target)
    best = softmax(trained.scores).argmax(axis=1)
    told = "labelled records" if labels is not None else "held-out lines"
    console = Console(soft_wrap=True, highlight=False)
    counts = ", ".join(
        f"{count:,} {name}" for name, count in corpus["label"].value_counts().items()
    )
    console.print(f"{len(corpus):,} lines: {counts}; every tenth held out")
    console.print(
        f"{len(best)} {told}: accuracy {(best == trained.labels).mean():.3f}; likeliest "
        f"temperature {fit_temperature(trained):.2f}, criteria.toml has {criteria.temperature:.2f}"
    )
    console.print(f"{target}: version {trained.content['version']}", markup=False)
