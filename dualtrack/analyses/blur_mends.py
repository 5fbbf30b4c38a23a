"""The one change that would mend a blur, in the unit's own words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dualtrack.reference import read_reference

__all__ = ["find_mends"]

# How a project is run is changed by one of these; a horizon is its plan, not its management.
CHANGES = ("review_forum", "sponsor_level", "review_interval_days", "gate_count")
_FALLBACKS = {
    ("review_forum", "operational"): "a team or improvement forum",
    ("review_forum", "strategic"): "a steering or strategy forum",
    ("sponsor_level", "operational"): "manager",
    ("sponsor_level", "strategic"): "director",
    ("review_interval_days", "operational"): "7",
    ("review_interval_days", "strategic"): "30",
    ("label", "operational"): "operational improvement",
    ("label", "strategic"): "strategic initiative",
}
_WORDS = {
    "review_forum": "move it to {}",
    "sponsor_level": "name a sponsor of level {}",
    "review_interval_days": "set the review interval to {} days",
}
_GATES = {"strategic": "give it gates", "operational": "take its gates off"}
_THIN = "say in its description what changes, for whom and by how much"
_CONFLICT = "let a person decide its path, with the reason"
_READ = ["blur_type", "second_blur_type", "declared_track", "track", "undecided_reason"]
_MISLABELLED = ("label inflation", "hidden strategy")


def find_mends(rows: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """The first change for each project, and the further ones until one path is read.

    A wrong label is renamed to the word the project's own tool uses for its path where that is
    most often right. Wrong management is mended by the sign that weighs most against the path:
    the forum, level or rhythm taken up is the one most used in the unit for projects of that path
    that are run as it. Changes are added until the signs give the path enough weight.

    Args:
        rows: Projects with the three readings, `blur_type`, `second_blur_type`, `is_form_made`,
            `source_tool`, `declared_label`, and the columns of how they are run.
        evidence: Reading `managed`, with `contribution`.

    Returns:
        `project_id`, `mend`, `mend_more` (missing where nothing more is needed).
    """
    is_on_path = rows["track"].isin(("operational", "strategic"))
    is_named = rows["blur_type"] != "none"
    labels = _mend_labels(rows[is_on_path])
    well_run = rows[is_on_path & (rows["managed_track"] == rows["track"])]
    by_run = _mend_run(rows[is_on_path & is_named], well_run, evidence)
    joined = (
        rows[["project_id", *_READ]]
        .merge(labels, on="project_id", how="left", validate="one_to_one")
        .merge(by_run, on="project_id", how="left", validate="one_to_one")
    )
    is_label = joined["blur_type"].isin(_MISLABELLED)
    is_run = is_on_path.to_numpy() & (joined["blur_type"] != "none") & ~is_label
    # No label, or one of the third kind, is no blur between the paths, but is mended the same way.
    is_other = (joined["blur_type"] == "none") & (joined["declared_track"] != joined["track"])
    first = joined["first"].where(is_run).fillna(joined["label"].where(is_label | is_other))
    both = ("then " + joined["first"]).where(joined["second_blur_type"] != "none")
    more = joined["more"].where(is_run, both)
    first = first.mask(joined["undecided_reason"] == "thin", _THIN)
    first = first.mask(joined["undecided_reason"] == "conflict", _CONFLICT)
    return pd.DataFrame({"project_id": joined["project_id"], "mend": first, "mend_more": more})


def _mend_labels(rows: pd.DataFrame) -> pd.DataFrame:
    """Words for a right label: the tool's own, where one of its projects has it."""
    right = rows[rows["declared_track"] == rows["track"]]
    word = _most_used(right, ["source_tool", "track"], "declared_label")
    own = _look_up(word, rows, ["source_tool", "track"])
    fallback = rows["track"].map(
        {track: word for (what, track), word in _FALLBACKS.items() if what == "label"}
    )
    new = own.fillna(fallback.astype("str"))
    text = np.where(
        rows["is_form_made"],
        "offer a choice for this kind of work in the form of " + rows["source_tool"],
        np.where(
            rows["declared_track"].isna(),
            "label it “" + new + "”",
            "rename its label to “" + new + "”",
        ),
    )
    return pd.DataFrame({"project_id": rows["project_id"], "label": text})


def _mend_run(rows: pd.DataFrame, well_run: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """First change and further ones in how each project is run."""
    rules = read_reference("managed_signs.toml")
    needed = float(np.log(rules["decide_at"] / (1 - rules["decide_at"])))
    signs = evidence[
        (evidence["reading"] == "managed") & evidence["project_id"].isin(rows["project_id"])
    ].merge(rows[["project_id", "track"]], on="project_id", how="left", validate="m:1")
    against = signs[signs["toward_track"] != signs["track"]]
    support = signs["contribution"].where(signs["toward_track"] == signs["track"], 0.0)
    opposed = signs["contribution"].where(signs["toward_track"] != signs["track"], 0.0)
    margin = (support - opposed).groupby(signs["project_id"]).sum()
    gains = {
        (sign["column"], sign["track"]): float(sign["weight"])
        for sign in rules["sign"]
        if sign["column"] in CHANGES
    }
    changes = against[against["column_name"].isin(CHANGES)]
    keys = zip(changes["column_name"], changes["track"], strict=True)
    gained = [gains.get(key, 0.0) for key in keys]
    changes = changes.assign(
        swing=changes["contribution"] + gained,
        place=changes["column_name"].map({name: place for place, name in enumerate(CHANGES)}),
        words=_word_changes(changes, rows, well_run),
    )
    changes = changes.sort_values(["project_id", "swing", "place"], ascending=[True, False, True])
    gained_before = changes.groupby("project_id")["swing"].cumsum() - changes["swing"]
    own = changes["project_id"].map(margin).astype("float64").fillna(0.0)
    is_needed = own + gained_before < needed
    order = changes.groupby("project_id").cumcount()
    first = changes[order == 0].set_index("project_id")["words"]
    later = changes[is_needed & (order > 0)]
    more = "then " + later.groupby("project_id")["words"].agg("; ".join).astype("str")
    return pd.DataFrame(
        {
            "project_id": rows["project_id"],
            "first": rows["project_id"].map(first).astype("str"),
            "more": rows["project_id"].map(more).astype("str"),
        }
    )


def _word_changes(changes: pd.DataFrame, rows: pd.DataFrame, well_run: pd.DataFrame) -> pd.Series:
    """Each change in words: what the unit uses for the path, else the portfolio, else a default."""
    wanted = changes[["project_id", "track"]].merge(
        rows[["project_id", "unit_name"]], on="project_id", how="left", validate="many_to_one"
    )
    wanted = wanted.set_index(changes.index)
    words = changes["track"].map(_GATES).astype("str")
    for column, pattern in _WORDS.items():
        in_unit = _look_up(
            _most_used(well_run, ["unit_name", "track"], column), wanted, ["unit_name", "track"]
        )
        anywhere = _look_up(_most_used(well_run, ["track"], column), wanted, ["track"])
        default = wanted["track"].map(
            {track: word for (what, track), word in _FALLBACKS.items() if what == column}
        )
        target = in_unit.fillna(anywhere).fillna(default.astype("str"))
        worded = target.map(pattern.format).astype("str")
        words = words.mask(changes["column_name"] == column, worded)
    return words.str.replace("interval to 1 days", "interval to 1 day")


def _most_used(rows: pd.DataFrame, keys: list[str], column: str) -> pd.DataFrame:
    """The most frequent value of a column in each group, as text; ties go by the alphabet."""
    known = rows.dropna(subset=[*keys, column])
    values = known[column]
    if pd.api.types.is_numeric_dtype(values):
        values = values.map("{:.0f}".format)
    named = known[keys].assign(word=values.astype("str"))
    counts = named.groupby([*keys, "word"]).size().reset_index(name="size")
    return counts.sort_values(["size", "word"], ascending=[False, True]).drop_duplicates(keys)


def _look_up(words: pd.DataFrame, rows: pd.DataFrame, keys: list[str]) -> pd.Series:
    found = rows[keys].merge(words, on=keys, how="left", validate="many_to_one")
    return found["word"].astype("str").set_axis(rows.index)
