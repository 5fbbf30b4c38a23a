"""What second readings do to the sort: they settle some of the undecided, and say so.

A person's decision and the evidence stand above them. Probabilities stay those of the evidence, so
that intervals keep the doubt, and quotes add nothing to a score.
"""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dualtrack.config import Settings
from dualtrack.portfolio import Portfolio
from dualtrack.schema import TABLES, TRACKS, conform
from dualtrack.sorting.assign import name_blur
from dualtrack.sorting.intervals import wilson_interval
from dualtrack.sorting.ledger.agreement import FEWEST_COMMON
from dualtrack.sorting.second_reader.names import find_names
from dualtrack.sorting.second_reader.reader import recall_readings

__all__ = [
    "add_second_readings",
    "apply_second_reading",
    "list_second_evidence",
    "measure_second_reading",
]

CRITERION_ID = "second_reader"
_DECIDED = TRACKS[:3]
_WHOLE = "All"


def add_second_readings(
    portfolio: Portfolio,
    sorting: pd.DataFrame,
    evidence: pd.DataFrame,
    settings: Settings,
    *,
    pseudonym: Callable[[str], str],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sorting and evidence with what the second reader was told to have said; sends nothing.

    Args:
        portfolio: The whole one: names are looked up in all of it.
        sorting: As `sort_projects` returns.
        evidence: As `sort_projects` returns.
        settings: For `[second_reader]`; with a blank url nothing changes.
        pseudonym: As `records.people.pseudonyms` returns.

    Returns:
        `sorting` and `evidence`, as in the schema.
    """
    if not settings.second_reader.url:
        return sorting, evidence
    names = find_names(portfolio, pseudonym=pseudonym)
    readings = recall_readings(portfolio.projects, sorting, settings, names=names)
    settled = apply_second_reading(sorting, readings, decide_at=settings.sort.decide_at)
    quotes = list_second_evidence(readings)
    whole = pd.concat([one for one in (evidence, quotes) if not one.empty] or [evidence])
    return settled, conform(whole, TABLES["evidence"])


def apply_second_reading(
    sorting: pd.DataFrame, readings: pd.DataFrame, *, decide_at: float = 0.70
) -> pd.DataFrame:
    """Put undecided projects on the track a second reader gives them.

    Only projects the evidence leaves undecided, and no person has decided, can move; a reading of
    any other project changes nothing.

    Args:
        sorting: The `sorting` table.
        readings: As `read_again` or `recall_readings` returns.
        decide_at: Confidence an answer needs. It is the reader's own word; the threshold of the
            evidence is asked of it as well.

    Returns:
        The same rows in the same order; where a project is settled, `track`, `decided_by`
        (`second_reader`), `undecided_reason` (missing) and `blur_type` are new.
    """
    usable = _usable(readings)
    usable = usable[usable["confidence"] >= decide_at]
    given = sorting["project_id"].map(usable.set_index("project_id")["second_track"])
    is_open = (sorting["track"] == "undecided") & (sorting["decided_by"] != "person")
    is_settled = is_open & given.isin(_DECIDED)
    settled = sorting.assign(
        track=sorting["track"].mask(is_settled, given),
        decided_by=sorting["decided_by"].mask(is_settled, CRITERION_ID),
        undecided_reason=sorting["undecided_reason"].mask(is_settled),
    )
    blur = sorting["blur_type"].mask(is_settled, name_blur(settled))
    return conform(settled.assign(blur_type=blur), TABLES["sorting"])


def list_second_evidence(readings: pd.DataFrame) -> pd.DataFrame:
    """Quotes of a second reader as evidence that adds nothing to a score.

    Args:
        readings: As `read_again` or `recall_readings` returns.

    Returns:
        Rows of the `evidence` table, reading `evidence`, criterion `second_reader`.
    """
    quoted = readings[readings["quote"].notna() & readings["second_track"].isin(_DECIDED)]
    rows = quoted[["project_id", "column_name", "quote"]].assign(
        reading="evidence",
        criterion_id=CRITERION_ID,
        says="is quoted by the second reader, " + quoted["model"].astype("str"),
        toward_track=quoted["second_track"],
        contribution=0.0,
    )
    return conform(rows, TABLES["evidence"])


def measure_second_reading(readings: pd.DataFrame, sorting: pd.DataFrame) -> pd.DataFrame:
    """How often the second reader agrees with the evidence.

    Counted are projects that both put on a track: set `only = "all"` to have some.

    Args:
        readings: As `read_again` or `recall_readings` returns.
        sorting: The `sorting` table, before or after the readings were applied.

    Returns:
        The `second_agreement` table: the whole, then each track. The share is missing where no
        project is counted; kappa below ten projects, and where chance alone explains everything.

    Source: as `measure_agreement` of two people; of one track, that track against the two others.
    """
    both = _usable(readings).merge(
        sorting[["project_id", "evidence_track"]],
        on="project_id",
        how="inner",
        validate="one_to_one",
    )
    both = both[both["evidence_track"].isin(_DECIDED) & both["second_track"].isin(_DECIDED)]
    is_agreed = both["evidence_track"] == both["second_track"]
    rows = []
    for name, tracks in ((_WHOLE, _DECIDED), *((track, (track,)) for track in _DECIDED)):
        is_own = both["evidence_track"].isin(tracks)
        counts = {
            "evidence_track": name,
            "project_count": int(is_own.sum()),
            "agreed_count": int((is_own & is_agreed).sum()),
        }
        rows.append(counts | _measure_kappa(both, tracks))
    table = pd.DataFrame(rows)
    share = table["agreed_count"] / table["project_count"].where(table["project_count"] > 0)
    return conform(table.assign(agreed_share=share), TABLES["second_agreement"])


def _usable(readings: pd.DataFrame) -> pd.DataFrame:
    """One row per project that has a reading."""
    fine = readings[readings["fault"].isna()].drop_duplicates("project_id")
    return fine[["project_id", "second_track", "confidence"]]


def _measure_kappa(both: pd.DataFrame, tracks: tuple[str, ...]) -> dict[str, float]:
    """Cohen's kappa with its 90 % interval; none of `tracks` is one further class."""
    count = len(both)
    one, other = (
        both[name].where(both[name].isin(tracks), "other")
        for name in ("evidence_track", "second_track")
    )
    classes = (*tracks, "other")
    by_chance = float(sum((one == name).mean() * (other == name).mean() for name in classes))
    if count < FEWEST_COMMON or by_chance >= 1:
        return dict.fromkeys(("kappa", "kappa_low", "kappa_high"), float("nan"))
    agreed = float((one == other).mean())
    low, high = wilson_interval(agreed, count)
    ends = {"kappa": agreed, "kappa_low": low, "kappa_high": high}
    return {name: (share - by_chance) / (1 - by_chance) for name, share in ends.items()}
