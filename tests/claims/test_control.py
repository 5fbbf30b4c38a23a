"""Words for a process behaviour chart: true of the numbers, with no more than they bear."""

from __future__ import annotations

import pytest

from dualtrack.analyses import measure_verdicts, read_control_rules
from dualtrack.claims import Claim, state_control
from dualtrack.claims.control import word_signal
from dualtrack.reference import read_reference
from tests.analyses.xmr_cases import chart, make_measures

STEADY = [1.0, 2.0] * 8


def say(
    values: list[float | None],
    *,
    rules: str = "wheeler",
    better: str | None = "increase",
    target: float | None = None,
    rebase_at: int | None = None,
) -> Claim:
    measures = make_measures(values, better=better, target=target)
    control, limits = chart(measures, read_control_rules(rules), rebase_at=rebase_at)
    return state_control(control, limits, measure_verdicts(control, limits), name="Yield")


def test_a_steady_measure_says_its_range_and_not_to_react() -> None:
    claim = say(STEADY)
    assert claim.title == "Yield: common causes alone, between -1.2 and 4.2"
    assert "do not react to it alone" in claim.reading and "16 readings" in claim.reading


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (9, "; the target of 9 is out of reach as things are"),
        (-9, "; the target of -9 will be met as things are"),
        (2, "; the target of 2 is hit or missed by chance"),
    ],
)
def test_the_target_is_spoken_of_as_the_limits_allow(target: float, words: str) -> None:
    assert say(STEADY, target=target).title.endswith(words)
    assert "cannot be told without a direction" in say(STEADY, better=None, target=target).reading


def test_a_signal_names_its_kind_its_rule_and_since_when() -> None:
    claim = say([*STEADY, 30.0])
    assert claim.title == (
        "Yield: a signal of improvement, the last reading is above the upper limit"
    )
    assert "Ask what changed around 17 January 2020." in claim.reading
    assert "a signal of concern" in say([*STEADY, 30.0], better="decrease").title
    assert "Yield: a signal, the last" in say([*STEADY, 30.0], better=None).title
    claim = say([60.0, *[0.0, 10.0] * 8])
    assert claim.title == "Yield: common cause in the last reading, after one reading with a signal"


def test_new_limits_are_proposed_for_a_run_that_stands_and_drawn_for_none() -> None:
    claim = say([0.0, 2.0] * 8 + [2.1, 3.0] * 4)
    assert "new limits could begin on 16 January 2020: a decision for people" in claim.reading
    assert "could begin" not in say([*STEADY, 30.0]).reading


def test_doubt_is_said() -> None:
    assert "(trial limits)" in say([1.0, 2.0] * 3).title
    assert "six readings, under thirteen" in say([1.0, 2.0] * 3).reading
    assert say([1.0, 2.0]).title == "Yield: two readings, too few to tell noise from signal"
    assert say([1.0]).title == "Yield: too few readings for limits"
    assert say([None, None]).title == "Yield has no readings"
    assert "; 1 missing." in say([*STEADY, None]).reading
    assert say([5.0] * 14, target=5).title == "Yield: every reading is 5"
    claim = say([*STEADY, 30.0])
    assert "One jump between neighbours is larger than the range limit." in claim.reading


def test_a_rebase_is_said_with_its_cause() -> None:
    assert "Limits begin anew on 9 January 2020: as stated." in say(STEADY, rebase_at=8).reading


def test_every_rule_has_words() -> None:
    for found in read_reference("control_rules.toml").values():
        for rule in found["rules"]:
            for side in ("high", "low"):
                label = rule[side].format(points=rule.get("points"))
                assert word_signal(label) != label


def test_the_start_of_a_signal_is_that_of_its_rule_though_another_speaks_between() -> None:
    # Seven above the mean, the third of them beyond the limit: the shift began with the first.
    values = [1.0, 2.0] * 9 + [3.5, 3.6, 9.0, 3.5, 3.6, 3.5, 3.6]
    assert "Ask what changed around 19 January 2020." in say(values, rules="mdc").reading
