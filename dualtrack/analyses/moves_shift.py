"""Money and work that changed track or unit from quarter to quarter."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.analyses.draws import DRAWN_TRACKS, draw_tracks, middle_and_ends, sum_drawn
from dualtrack.analyses.moves import list_quarters, pair_states
from dualtrack.analyses.moves_states import CLOSED
from dualtrack.schema import TABLES, conform, empty_frame
from dualtrack.schema.moves_tables import MOVED_QUANTITIES

__all__ = ["measure_reallocation"]

_P_COLUMNS = [f"p_{track}" for track in DRAWN_TRACKS]


def measure_reallocation(
    states: pd.DataFrame, *, temperature_error: float = 0.1, seed: int = 0
) -> pd.DataFrame:
    """How much money and work changed track or unit, each quarter and over the whole span.

    Two questions: what became of the projects known in both quarters (`moved_share`: those whose
    track changed with their words, or whose unit changed, at what they had before), and how far
    the shares of the open work moved (`*_shift_share`: half the sum of the differences of shares,
    which is 1 less the sum of the smaller ones). The second also sees projects that start and end.
    Its interval on tracks is that of the drawn ones; a project whose words stayed draws the same
    track in both quarters, so that doubt alone is no shift.

    Args:
        states: As `gather_states` returns.
        temperature_error: Standard error of the calibration temperature (1).
        seed: Seed of the draws.

    Returns:
        The `reallocation` table: a row per pair of quarters that follow each other and quantity,
        and with three or more quarters the span from first to last. Shares are missing where
        nothing is known, that of units where there is only one.

    Source: share of capital moved between units as in Hall, Lovallo & Musters, "How to put your
    money where your strategy is", McKinsey Quarterly (March 2012); tracks and projects are ours.
    """
    quarters = list_quarters(states)
    pairs = [(place, place + 1) for place in range(len(quarters) - 1)]
    if len(quarters) > 2:
        pairs.append((0, len(quarters) - 1))
    if not pairs:
        return empty_frame(TABLES["reallocation"])
    drawn = _draw_shares(states, temperature_error, seed)
    parts = [
        _compare(states, (quarters[first], quarters[last]), quantity)
        | _shift_tracks(drawn[quarters[first], quantity], drawn[quarters[last], quantity])
        | {"quarter_count": last - first, "is_span": len(quarters) > 2 and last - first > 1}
        for first, last in pairs
        for quantity in MOVED_QUANTITIES
    ]
    return conform(pd.DataFrame(parts), TABLES["reallocation"])


def _compare(states: pd.DataFrame, names: tuple[str, str], quantity: str) -> dict[str, object]:
    before, after = (states[states["quarter_name"] == name] for name in names)
    rows = pair_states(before, after)
    both = rows[~rows["is_new"] & ~rows["is_gone"]]
    amount = both[f"earlier_{quantity}"]
    amount = amount.where(amount >= 0)
    is_moved = both["track"].ne(both["earlier_track"])
    is_decided = both["track"].ne("undecided") & both["earlier_track"].ne("undecided")
    is_track = is_moved & is_decided & both["is_text_changed"]
    known = float(amount.sum())
    moved = float(amount[is_track | both["is_unit_changed"]].sum())
    return {
        "previous_name": names[0],
        "quarter_name": names[1],
        "quantity_type": quantity,
        "project_count": int(amount.notna().sum()),
        "unknown_count": int(amount.isna().sum()),
        "known_amount": known,
        "track_amount": float(amount[is_track].sum()),
        "sorted_amount": float(amount[is_moved & ~is_track].sum()),
        "unit_amount": float(amount[both["is_unit_changed"]].sum()),
        "moved_share": moved / known if known > 0 else np.nan,
        "unit_shift_share": _shift_units(_open(before, quantity), _open(after, quantity), quantity),
    }


def _open(rows: pd.DataFrame, quantity: str) -> pd.DataFrame:
    """Open work with a known amount; booked work counts whatever the project's state."""
    is_open = ~rows["status_type"].isin(CLOSED) | (quantity == "effort_fte")
    return rows[is_open & (rows[quantity] > 0)]


def _shift_units(before: pd.DataFrame, after: pd.DataFrame, quantity: str) -> float:
    shares = [
        rows.groupby(rows["unit_name"].fillna(""))[quantity].sum() / rows[quantity].sum()
        for rows in (before, after)
    ]
    names = pd.concat([before["unit_name"], after["unit_name"]]).nunique(dropna=False)
    if not len(before) or not len(after) or names < 2:
        return float("nan")
    return float(shares[0].sub(shares[1], fill_value=0.0).abs().sum() / 2)


def _draw_shares(
    states: pd.DataFrame, temperature_error: float, seed: int
) -> dict[tuple[str, str], np.ndarray]:
    """Share of each track in a quarter's open work, by quarter and quantity: draws x tracks."""
    # One draw for all rows of the same words, in whatever quarter: only new words draw anew.
    keys = states[["title", "text_code", *_P_COLUMNS]]
    codes = keys.groupby(list(keys.columns), sort=False, dropna=False).ngroup()
    first = codes.drop_duplicates().index
    tracks = draw_tracks(states.loc[first], temperature_error=temperature_error, seed=seed)
    columns = [(name, one) for name in list_quarters(states) for one in MOVED_QUANTITIES]
    weights = np.zeros((len(first), len(columns)))
    for place, (name, quantity) in enumerate(columns):
        own = _open(states[states["quarter_name"] == name], quantity)
        np.add.at(weights[:, place], codes.loc[own.index].to_numpy(), own[quantity].to_numpy())
    sums = np.stack([sum_drawn(tracks, weights, track) for track in DRAWN_TRACKS], axis=2)
    totals = sums.sum(axis=2, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = np.where(totals > 0, sums / totals, np.nan)
    return {column: shares[:, place] for place, column in enumerate(columns)}


def _shift_tracks(before: np.ndarray, after: np.ndarray) -> dict[str, float]:
    """Median and ends of the share of open work that is on another track."""
    ends = middle_and_ends(np.abs(before - after).sum(axis=1) / 2)
    return dict(zip(("track_shift_share", "shift_low", "shift_high"), ends, strict=True))
