"""What an audit's labels say: how often the sort is right, and the mix without its error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dualtrack.errors import SortingError
from dualtrack.schema import TRACKS
from dualtrack.sorting.intervals import stratified_wilson

__all__ = ["Audit", "measure_audit"]

DRAWS = 1_000  # ends of an interval then move by about half a point between seeds
_CHUNK = 50  # draws at once: 100,000 projects stay under 100 MB
QUANTITIES = ("projects", "budget_cost")
STRATEGIC_OF_BOTH = "strategic of both paths"
INTERVAL = (5, 95)  # percentiles of a 90 % interval
# Prior of a track's true kinds: one label's worth, spread evenly (Perks, 1947). In simulations of
# 50 labels from 170 to 1,700 projects the intervals of the mix then cover 88 to 94 %.
_PRIOR = 1 / 3


@dataclass(frozen=True)
class Audit:
    """Figures of an audit.

    Attributes:
        accuracy: Share of the decided projects that the sort has right, weighted by the inverse of
            the inclusion probabilities; NaN where nothing is decided.
        accuracy_low: Lower end of its 90 % interval (stratified Wilson).
        accuracy_high: Upper end.
        coverage: Share of projects the sort decides.
        labelled_count: Labels used.
        unlabelled_count: Rows left blank: left out.
        gone: Projects drawn that are no longer there: left out.
        moved_count: Labelled projects whose evidence track has changed since the draw.
        confusion: One row per label and evidence track: `label`, `evidence_track`, `label_count`,
            `project_share` (estimated share of all projects).
        mix: One row per quantity (projects, budget_cost) and `track`, and `strategic of both
            paths`: `quantity_type`, `track`, `sorted_share`, `corrected_share` with the 90 %
            interval `corrected_low`, `corrected_high` (missing for undecided, which no label says).
    """

    accuracy: float
    accuracy_low: float
    accuracy_high: float
    coverage: float
    labelled_count: int
    unlabelled_count: int
    gone: tuple[str, ...]
    moved_count: int
    confusion: pd.DataFrame
    mix: pd.DataFrame


def measure_audit(
    labels: pd.DataFrame, sorting: pd.DataFrame, projects: pd.DataFrame, *, seed: int = 0
) -> Audit:
    """Judge the sort by the labels, and correct the mix for the error found.

    Labelled projects count as what their label says; the others of an evidence track are divided up
    as its labels are. The interval of the mix is the middle 90 % of 1,000 draws of what the labels
    leave open: each track's shares (Dirichlet, from the labels), then each unlabelled project.
    Within a track, error is taken not to depend on the budget, and rows left blank are taken to be
    like the labelled ones. A budget that is not known counts nothing in the mix of money.

    The sort is judged as it is now. Where it has changed since the draw, the inclusion
    probabilities still weight each label rightly.

    Args:
        labels: As `read_labels` returns.
        sorting: The `sorting` table; `evidence_track` is used, people's decisions are not.
        projects: The `projects` table.
        seed: Seed of the draws.

    Raises:
        SortingError: Too few labels: none at all, or none of an evidence track.
    """
    known = sorting[["project_id", "evidence_track"]]
    rows = labels.merge(known, on="project_id", how="left", validate="one_to_one")
    is_gone = rows["evidence_track"].isna()
    here = rows[~is_gone]
    used = here[here["label"].notna()]
    counts = known["evidence_track"].value_counts().reindex(TRACKS).dropna().astype(int)
    _assert_labelled(used, here, counts)
    shares, sizes = _share_labels(used, counts)
    low, high, accuracy = _judge(shares, sizes, counts)
    return Audit(
        accuracy=accuracy,
        accuracy_low=low,
        accuracy_high=high,
        coverage=float(counts.drop("undecided", errors="ignore").sum() / counts.sum()),
        labelled_count=len(used),
        unlabelled_count=int(here["label"].isna().sum()),
        gone=tuple(rows.loc[is_gone, "project_id"]),
        moved_count=int((used["drawn_track"] != used["evidence_track"]).sum()),
        confusion=_confuse(used, shares, counts),
        mix=_correct(_amounts(sorting, projects), used, shares, sizes, seed),
    )


def _assert_labelled(used: pd.DataFrame, here: pd.DataFrame, counts: pd.Series) -> None:
    bare = [track for track in counts.index if not used["evidence_track"].eq(track).any()]
    if not bare:
        return
    # The tracks are not named: who labels should not learn what the sort says.
    open_ids = here.loc[here["evidence_track"].isin(bare), "project_id"].tolist()
    hint = f"Label some of {open_ids[:10]}." if open_ids else "Draw anew: the sort has changed."
    raise SortingError(
        f"{len(used)} labels, but none for {len(bare)} of the {len(counts)} groups the sample was "
        f"drawn from. {hint}"
    )


def _share_labels(used: pd.DataFrame, counts: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """Weighted shares of the labels in each evidence track, and the labels they are worth."""
    weight = 1 / used["inclusion_probability"]
    weighted = (
        used.assign(weight=weight)
        .pivot_table(index="evidence_track", columns="label", values="weight", aggfunc="sum")
        .reindex(index=counts.index, columns=list(TRACKS[:3]))
        .fillna(0.0)
    )
    whole = weighted.sum(axis=1)
    squares = (weight**2).groupby(used["evidence_track"]).sum().reindex(counts.index)
    return weighted.div(whole, axis=0), whole**2 / squares  # effective number: Kish (1965)


def _judge(shares: pd.DataFrame, sizes: pd.Series, counts: pd.Series) -> tuple[float, float, float]:
    """Lower and upper end, and the accuracy itself, on what the sort decides."""
    decided = [track for track in counts.index if track != "undecided"]
    if not decided:
        return float("nan"), float("nan"), float("nan")
    right = np.array([shares.at[track, track] for track in decided])
    number, of_all = sizes[decided].to_numpy(float), counts[decided].to_numpy(float)
    weights = of_all / of_all.sum()
    # Labels of half a track say more than their number, of a whole one everything (finite
    # population). In simulations of 50 labels the interval then covers 86 to 91 %.
    left = np.maximum(of_all - number, 1e-9)
    low, high = stratified_wilson(right, number * np.maximum(of_all - 1, 1) / left, weights)
    accuracy = float(weights @ right)
    return min(low, accuracy), max(high, accuracy), accuracy


def _confuse(used: pd.DataFrame, shares: pd.DataFrame, counts: pd.Series) -> pd.DataFrame:
    keys = ["evidence_track", "label"]
    found = used.groupby(keys, as_index=False).size().rename(columns={"size": "label_count"})
    estimated = shares.mul(counts / counts.sum(), axis=0).rename_axis("evidence_track")
    long = estimated.reset_index().melt(
        "evidence_track", var_name="label", value_name="project_share"
    )
    confusion = long.merge(found, on=keys, how="left", validate="one_to_one")
    label_count = confusion["label_count"].fillna(0).astype("Int64")
    return confusion.assign(label_count=label_count)[
        ["label", "evidence_track", "label_count", "project_share"]
    ]


def _amounts(sorting: pd.DataFrame, projects: pd.DataFrame) -> pd.DataFrame:
    """What each project counts for in each quantity; not known is nothing."""
    rows = sorting[["project_id", "evidence_track"]].merge(
        projects[["project_id", "budget_cost"]],
        on="project_id",
        how="left",
        validate="one_to_one",
    )
    return rows.assign(projects=1.0, budget_cost=rows["budget_cost"].clip(lower=0).fillna(0.0))


def _sum_kinds(amounts: pd.DataFrame, used: pd.DataFrame) -> np.ndarray:
    """Amounts of the labelled projects by their label: kinds x quantities."""
    rows = amounts.merge(used[["project_id", "label"]], on="project_id", validate="one_to_one")
    sums = rows.groupby("label")[list(QUANTITIES)].sum().reindex(list(TRACKS[:3])).fillna(0.0)
    return np.asarray(sums.to_numpy(float))


def _draw_kinds(
    open_amounts: pd.DataFrame, shares: pd.DataFrame, sizes: pd.Series, seed: int
) -> np.ndarray:
    """What the unlabelled projects may add up to: draws x kinds x quantities."""
    rng = np.random.default_rng(seed)
    drawn = np.zeros((DRAWS, len(TRACKS[:3]), len(QUANTITIES)))
    for track, rows in open_amounts.groupby("evidence_track"):
        chances = rng.dirichlet(shares.loc[track] * sizes[track] + _PRIOR, DRAWS).cumsum(axis=1)
        amounts = rows[list(QUANTITIES)].to_numpy(float)
        for start in range(0, DRAWS, _CHUNK):
            upper = chances[start : start + _CHUNK, None, :]
            chance = rng.random((upper.shape[0], len(rows)))
            is_first = chance < upper[:, :, 0]
            is_last = chance >= upper[:, :, 1]
            for kind, is_kind in enumerate((is_first, ~is_first & ~is_last, is_last)):
                drawn[start : start + _CHUNK, kind] += is_kind @ amounts
    return drawn


def _correct(
    amounts: pd.DataFrame, used: pd.DataFrame, shares: pd.DataFrame, sizes: pd.Series, seed: int
) -> pd.DataFrame:
    """The mix of each quantity, as sorted and corrected."""
    seen = _sum_kinds(amounts, used)
    open_amounts = amounts[~amounts["project_id"].isin(used["project_id"])]
    open_sums = open_amounts.groupby("evidence_track")[list(QUANTITIES)].sum()
    found = seen + (shares.reindex(open_sums.index).T @ open_sums).to_numpy(float)
    drawn = seen + _draw_kinds(open_amounts, shares, sizes, seed)
    sums = amounts.groupby("evidence_track")[list(QUANTITIES)].sum().reindex(list(TRACKS))
    parts = []
    for place, quantity in enumerate(QUANTITIES):
        whole = float(sums[quantity].sum())
        if not whole:
            continue
        as_sorted = _with_paths(sums[quantity].fillna(0.0).to_numpy(float) / whole)
        point = _with_paths(found[:, place] / whole)
        low, high = np.nanpercentile(_with_paths(drawn[:, :, place] / whole), INTERVAL, axis=0)
        corrected = pd.DataFrame(
            {
                "track": [*TRACKS[:3], STRATEGIC_OF_BOTH],
                "corrected_share": point,
                "corrected_low": np.fmin(low, point),
                "corrected_high": np.fmax(high, point),
            }
        )
        rows = pd.DataFrame({"track": [*TRACKS, STRATEGIC_OF_BOTH], "sorted_share": as_sorted})
        rows = rows.merge(corrected, on="track", how="left", validate="one_to_one")
        parts.append(rows.assign(quantity_type=quantity))
    columns = ["quantity_type", "track", "sorted_share"]
    columns += ["corrected_share", "corrected_low", "corrected_high"]
    return pd.concat(parts, ignore_index=True)[columns]


def _with_paths(shares: np.ndarray) -> np.ndarray:
    """The shares and, behind them, the strategic share of the two paths."""
    with np.errstate(invalid="ignore"):
        strategic = shares[..., 1] / (shares[..., 0] + shares[..., 1])
    return np.concatenate([shares, strategic[..., None]], axis=-1)
