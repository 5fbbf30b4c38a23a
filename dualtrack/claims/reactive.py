"""Words for the signs of reactive leadership: signal or noise, and what cannot be known."""

from __future__ import annotations

import pandas as pd

from dualtrack.claims.claim import Claim, word_count, word_share

__all__ = ["state_reactive", "state_reactive_quarters"]

_NEEDS = {
    "priority changes": "an earlier quarter's exports with `status_type` and `objective_id`",
    "re-baselines": "`baseline_finish_date` in two quarters' exports",
    "slipped dates": "`forecast_finish_date` in two quarters' exports",
    "unplanned starts": "an earlier list that holds work not yet started",
    "starts without objective": "`objective_id`",
    "finishes past baseline": "`baseline_finish_date`",
}
_WORDS = {
    "priority changes": "paused, cancelled, resumed or moved to another objective",
    "re-baselines": "given another baseline finish",
    "slipped dates": "put off by a week or more",
    "unplanned starts": "begun within 30 days of a list that did not hold them",
    "starts without objective": "begun without an objective",
    "finishes past baseline": "past their baseline finish",
}
_WAYS = {
    "Above UCL": "above its limits",
    "Below LCL": "below its limits",
}


def state_reactive(reactive: pd.DataFrame) -> Claim:
    """Whether any sign of reactive leadership is more than noise, and what cannot be known.

    Args:
        reactive: As `measure_reactive` returns.
    """
    alt = (
        "Shares of projects changed, slipped or started otherwise than planned: by quarter, and "
        "by month with natural process limits."
    )
    known = reactive.dropna(subset=["share"])
    if known.empty:
        return Claim(
            "Signs of reactive leadership cannot be told",
            "They need "
            + "; ".join(dict.fromkeys(_NEEDS.values()))
            + ". Months with under five projects have no share.",
            alt,
            is_known=False,
        )
    signals = known.dropna(subset=["signal_words"]).sort_values("period_date")
    sentences = [*_last_quarter(known), *_limits(known), *_silent(known, reactive)]
    return Claim(_title(known, signals), " ".join(sentences), alt)


def _title(known: pd.DataFrame, signals: pd.DataFrame) -> str:
    with_limits = known[known["limit_type"] != "no limits"]
    if len(signals):
        last = signals.iloc[-1]
        way = _WAYS.get(str(last["signal_words"]), "part of a run")
        also = f", one of {len(signals)} such periods" if len(signals) > 1 else ""
        own = known[known["signal_type"] == last["signal_type"]]
        own = own[own["period_type"] == last["period_type"]]
        since = "; none since" if own["period_date"].max() > last["period_date"] else ""
        return (
            f"In {last['period_name']} {last['event_count']} of {last['base_count']} projects were "
            f"{_WORDS[last['signal_type']]}, {way}: more than noise{also}{since}"
        )
    if len(with_limits):
        count = with_limits["signal_type"].nunique()
        return (
            "No sign of reactive leadership by month is more than noise"
            if count > 1
            else f"{with_limits['signal_type'].iloc[0].capitalize()} by month vary by noise alone"
        )
    top = _find_top(known)
    if top is None:
        return "Too few months are known to tell signal from noise"
    return f"{_word_top(top)}; a trend cannot be told yet"


def _find_top(known: pd.DataFrame) -> pd.Series | None:
    """The most frequent sign of the latest quarter."""
    quarters = known[known["period_type"] == "quarter"]
    if quarters.empty:
        return None
    latest = quarters[quarters["period_date"] == quarters["period_date"].max()]
    return latest.sort_values(["share", "signal_type"], ascending=[False, True]).iloc[0]


def _word_top(top: pd.Series) -> str:
    if not top["event_count"]:
        return f"In {top['period_name']} no project was changed or put off, as far as is known"
    return (
        f"In {top['period_name']} {word_share(float(top['share']))} of projects were "
        f"{_WORDS[top['signal_type']]}"
    )


def state_reactive_quarters(reactive: pd.DataFrame) -> Claim:
    """What happened most in the latest quarter, beside the quarters before.

    Args:
        reactive: As `measure_reactive` returns.
    """
    alt = "For each sign of reactive leadership a bar for each quarter, with its projects."
    known = reactive.dropna(subset=["share"])
    top = _find_top(known)
    if top is None:
        return Claim(
            "What was changed between quarters cannot be told",
            "It takes the exports of two quarters; starts without objective take one, with "
            "`objective_id`.",
            alt,
            is_known=False,
        )
    own = known[(known["period_type"] == "quarter") & (known["signal_type"] == top["signal_type"])]
    before = own[own["period_date"] < top["period_date"]].sort_values("period_date")
    reading = "Bars are shares of the projects it could have happened to."
    if len(before):
        told = "; ".join(
            f"{row.period_name} {row.event_count} of {row.base_count}"
            for row in before.itertuples()
        )
        reading += f" Before: {told}."
    return Claim(_word_top(top), reading, alt)


def _last_quarter(known: pd.DataFrame) -> list[str]:
    quarters = known[known["period_type"] == "quarter"]
    if quarters.empty:
        return []
    latest = quarters[quarters["period_date"] == quarters["period_date"].max()]
    told = [
        f"{row.event_count} of {row.base_count} {_WORDS[row.signal_type]}"
        for row in latest.itertuples()
    ]
    return [f"{latest['period_name'].iloc[0]}: " + "; ".join(told) + "."]


def _limits(known: pd.DataFrame) -> list[str]:
    told = []
    quarters = known[known["period_type"] == "quarter"]
    if len(quarters) and (quarters["limit_type"] == "no limits").all():
        count = quarters["period_date"].nunique()
        told.append(
            f"{word_count(count, 'quarter').capitalize()} "
            f"{'is' if count == 1 else 'are'} too few for limits: they say what happened, and "
            "nothing of a trend. It takes five for any limits, thirteen for firm ones."
        )
    trial = known[known["limit_type"] == "trial limits"]
    if len(trial):
        names = " and ".join(dict.fromkeys(trial["signal_type"]))
        told.append(f"The limits of {names} by month are trial limits, from under thirteen months.")
    if (known["period_type"] == "month").any():
        told.append("Early months rest on the projects that were still listed in the exports.")
    return told


def _silent(known: pd.DataFrame, reactive: pd.DataFrame) -> list[str]:
    silent = [name for name in _NEEDS if name not in set(known["signal_type"])]
    if not silent:
        return []
    counted = set(reactive.loc[reactive["base_count"] > 0, "signal_type"])
    told = []
    for name in silent:
        why = f"{_NEEDS[name]} would let it"
        told.append(f"{name} ({'too few projects a month' if name in counted else why})")
    return [f"Not known: {'; '.join(told)}."]
