"""How right the sort is on labelled records: accuracy, F1, coverage, calibration."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from dualtrack.errors import SortingError
from dualtrack.sorting.assign import decide_tracks
from dualtrack.sorting.criteria import Criteria
from dualtrack.sorting.score import (
    NATURES,
    find_thin,
    measure_probabilities,
    score_evidence,
    score_tracks,
)

__all__ = ["Evaluation", "evaluate_labels", "read_labelled"]

_LABELS = {"neither-run": "maintenance", **{name: name for name in NATURES}}
_BINS = 10  # of the expected calibration error; the usual number (Guo et al., 2017)


@dataclass(frozen=True)
class Evaluation:
    """Figures of one evaluation.

    Attributes:
        accuracy: Best track against label, over all records.
        macro_f1: Mean F1 of the three classes, best track.
        binary_f1: Mean F1 of the two paths, over records labelled with one of them, choosing
            between the two.
        coverage: Share of records decided.
        decided_accuracy: Accuracy on those.
        ece: Expected calibration error of the best track's probability, 10 bins.
        confusion: Label by decided track, records.
        by_source: `source`, `record_count`, `coverage`, `decided_accuracy`; empty without sources.
    """

    accuracy: float
    macro_f1: float
    binary_f1: float
    coverage: float
    decided_accuracy: float
    ece: float
    confusion: pd.DataFrame
    by_source: pd.DataFrame


def evaluate_labels(
    labelled: pd.DataFrame,
    criteria: Criteria,
    *,
    decide_at: float = 0.70,
    error_rate: float = 0.04,
) -> Evaluation:
    """Sort labelled records by their text and compare.

    Args:
        labelled: `title`, `label` (strategic, operational, neither-run), and where known
            `description`, `source`.
        criteria: As `read_criteria` returns.
        decide_at: Probability a track needs.
        error_rate: Share of each track's own records that may be missed.

    Raises:
        SortingError: A column is missing, a label is none of the three, or there is no record.
    """
    truth = _read_labels(labelled)
    records = labelled.reset_index(drop=True).assign(project_id=lambda rows: rows.index.astype(str))
    cells = [c for c in ("title", "description") if c in records]
    texts = pd.concat(
        [
            records[["project_id"]].assign(column_name=name, text=records[name].astype("str"))
            for name in cells
        ]
    )
    texts = texts[texts["text"].fillna("").str.strip() != ""]
    evidence = score_evidence(texts, criteria)
    scores = score_tracks(records["project_id"], evidence, criteria)
    shares = measure_probabilities(scores, temperature=criteria.temperature)
    best = shares.idxmax(axis=1).to_numpy()
    chance = shares.max(axis=1).to_numpy()
    is_thin = find_thin(shares, evidence, criteria)
    decided = decide_tracks(shares, is_thin, decide_at=decide_at, error_rate=error_rate)
    is_decided = decided.notna().to_numpy()
    is_right = best == truth
    two = np.isin(truth, NATURES[:2])
    between = np.where(shares["strategic"] > shares["operational"], "strategic", "operational")
    told = decided.fillna("undecided").to_numpy()
    return Evaluation(
        accuracy=float(is_right.mean()),
        macro_f1=_mean_f1(truth, best, NATURES),
        binary_f1=_mean_f1(truth[two], between[two], NATURES[:2]),
        coverage=float(is_decided.mean()),
        decided_accuracy=float(is_right[is_decided].mean()) if is_decided.any() else float("nan"),
        ece=_calibration_error(chance, is_right),
        confusion=pd.crosstab(pd.Series(truth, name="label"), pd.Series(told, name="decided")),
        by_source=_by_source(labelled, is_decided, is_right),
    )


def read_labelled(path: Path) -> pd.DataFrame:
    """Read labelled records.

    Args:
        path: CSV with `title`, `label` (strategic, operational, neither-run or maintenance), and
            where known `description` and `source`.

    Returns:
        The file's columns; `label` is a track, a missing description is blank.

    Raises:
        SortingError: The file or a column is missing, a label is none of these, or it is empty.
    """
    if not path.is_file():
        raise SortingError(f"{path}: no such file. Give a CSV with title, description, label.")
    records = pd.read_csv(path, dtype="str", keep_default_na=False, encoding="utf-8-sig")
    labels = _read_labels(records)
    text = records.get("description", "")
    return records.assign(label=labels, description=text)


def _read_labels(labelled: pd.DataFrame) -> np.ndarray:
    missing = [name for name in ("title", "label") if name not in labelled]
    if missing or labelled.empty:
        raise SortingError(
            f"Labelled records lack {missing or 'rows'}; found columns {list(labelled.columns)}. "
            f"Give title, description, label."
        )
    truth = labelled["label"].map(_LABELS)
    if truth.isna().any():
        odd = sorted(set(labelled.loc[truth.isna(), "label"].astype(str)))[:5]
        raise SortingError(f"Labels {odd} are none of {sorted(_LABELS)}.")
    return np.asarray(truth.to_numpy(dtype=object))


def _mean_f1(truth: np.ndarray, found: np.ndarray, classes: tuple[str, ...]) -> float:
    if not len(truth):
        return float("nan")
    scores = [
        2
        * ((truth == one) & (found == one)).sum()
        / max(1, (truth == one).sum() + (found == one).sum())
        for one in classes
    ]
    return float(np.mean(scores))


def _calibration_error(chance: np.ndarray, is_right: np.ndarray) -> float:
    bins = np.minimum((chance * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(chance[bins == one].mean() - is_right[bins == one].mean()) * (bins == one).mean()
        for one in np.unique(bins)
    ]
    return float(sum(gaps))


def _by_source(
    labelled: pd.DataFrame, is_decided: np.ndarray, is_right: np.ndarray
) -> pd.DataFrame:
    columns = ["source", "record_count", "coverage", "decided_accuracy"]
    if "source" not in labelled:
        return pd.DataFrame(columns=columns)
    marked = pd.DataFrame(
        {"source": labelled["source"].to_numpy(), "is_decided": is_decided, "is_right": is_right}
    )
    grouped = marked.groupby("source")
    decided = marked[marked["is_decided"]].groupby("source")["is_right"].mean()
    return (
        grouped.agg(record_count=("is_right", "size"), coverage=("is_decided", "mean"))
        .assign(decided_accuracy=decided)
        .reset_index()[columns]
    )
