"""What the explorer sends to the browser once: projects by column, and the drawn tracks.

Filters, sums and intervals are then worked out there, from the very draws that `measure_mix` uses.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from dualtrack.analyses import measure_paths
from dualtrack.analyses.draws import draw_tracks
from dualtrack.schema import TRACKS
from dualtrack.schema.portfolio_tables import LEVELS
from dualtrack.schema.sorting_tables import BLURS

__all__ = ["NO_UNIT", "list_rows", "pack_draws"]

NO_UNIT = "(none)"
_EPOCH = pd.Timestamp("1970-01-01")


def list_rows(
    projects: pd.DataFrame, sorting: pd.DataFrame, *, as_of_date: pd.Timestamp, currency: str
) -> dict[str, Any]:
    """The projects of a quarter by column.

    Args:
        projects: The `projects` table.
        sorting: The `sorting` table.
        as_of_date: The day the exports show.
        currency: Of budgets.

    Returns:
        `ids`, `titles`; `units`, `tracks`, `blurs`, `levels` as places in `names` of the same key
        (-1 where missing); `budgets`, `hours` (None where not known); `starts`, `finishes` (days
        since 1970, None for what is not drawn); `weights` (to order bars), `done`; `called`, `run`
        (tracks); `as_of`, `currency`.
    """
    kinds = ["project_id", "track", "blur_type", "declared_track", "managed_track"]
    rows = projects.merge(sorting[kinds], on="project_id", how="left", validate="one_to_one")
    bars = measure_paths(projects, sorting, as_of_date=as_of_date).set_index("project_id")
    bars = bars.reindex(rows["project_id"])
    units = rows["unit_name"].fillna(NO_UNIT)
    unit_names = sorted(units.unique())
    hours = rows["planned_effort_hours"].fillna(rows["actual_effort_hours"])
    is_drawn = bars["is_drawn"].fillna(False).to_numpy(bool)
    return {
        "ids": rows["project_id"].tolist(),
        "titles": rows["title"].fillna("(no title)").tolist(),
        "units": _places(units, unit_names),
        "tracks": _places(rows["track"], TRACKS),
        "blurs": _places(rows["blur_type"], BLURS),
        "levels": _places(rows["sponsor_level"], LEVELS),
        "called": _places(rows["declared_track"], TRACKS),
        "run": _places(rows["managed_track"], TRACKS),
        "budgets": _numbers(rows["budget_cost"].where(rows["budget_cost"] >= 0)),
        "hours": _numbers(hours.where(hours >= 0)),
        "starts": _days(bars["start_date"], is_drawn),
        "finishes": _days(bars["finish_date"], is_drawn),
        "weights": _numbers(bars["weight"]),
        "done": bars["is_done"].fillna(False).astype(int).tolist(),
        "names": {
            "units": unit_names,
            "tracks": list(TRACKS),
            "blurs": list(BLURS),
            "levels": list(LEVELS),
        },
        "as_of": (as_of_date - _EPOCH).days,
        "currency": currency,
    }


def pack_draws(projects: pd.DataFrame, sorting: pd.DataFrame) -> bytes:
    """The tracks of `draw_tracks`, four to a byte, all draws of a project in a row.

    Args:
        projects: For their order.
        sorting: The probabilities.

    Returns:
        Projects x 250 bytes; of each byte the lowest two bits come first; 0 operational,
        1 strategic, 2 maintenance, 3 not known.
    """
    chances = [f"p_{track}" for track in TRACKS[:3]]
    wanted = sorting[["project_id", *chances]]
    rows = projects[["project_id"]].merge(
        wanted, on="project_id", how="left", validate="one_to_one"
    )
    codes = draw_tracks(rows).T
    codes = np.where(codes < 0, 3, codes).astype(np.uint8)
    four = codes.reshape(len(rows), codes.shape[1] // 4, 4)
    packed = four[:, :, 0] | four[:, :, 1] << 2 | four[:, :, 2] << 4 | four[:, :, 3] << 6
    return bytes(packed.astype(np.uint8).tobytes())


def _places(values: pd.Series, names: tuple[str, ...] | list[str]) -> list[int]:
    known = {name: place for place, name in enumerate(names)}
    places: list[int] = values.map(known).fillna(-1).astype(int).tolist()
    return places


def _numbers(values: pd.Series) -> list[float | None]:
    return [None if np.isnan(value) else value for value in values.to_numpy(float).tolist()]


def _days(dates: pd.Series, is_known: np.ndarray) -> list[int | None]:
    days = ((dates - _EPOCH) / pd.Timedelta(days=1)).to_numpy(float)
    return [
        int(day) if known and not np.isnan(day) else None
        for day, known in zip(days.tolist(), is_known, strict=True)
    ]
