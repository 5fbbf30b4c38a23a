"""The mixed-integer programme behind the pauses."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dualtrack.analyses.pausing_limits import Limits

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult
    from scipy.sparse import csr_array

__all__ = ["Choice", "choose"]

_GAP = 1e-6  # share of the worth lost within which a plan counts as the best
_ROOM = 1e-6  # share of a limit's size added when it is loosened, above the solver's own tolerance


@dataclass(frozen=True)
class Choice:
    """A plan.

    Attributes:
        runs: Whether each project runs.
        high: The limits it keeps to: those given, or loosened where they cannot all be met.
        gap: Share of its loss by which a better plan might still be cheaper; 0 if none can be.
    """

    runs: np.ndarray
    high: np.ndarray
    gap: float


def choose(
    limits: Limits, is_free: np.ndarray, worth: np.ndarray, *, time_limit_s: float
) -> Choice:
    """The cheapest set of pauses within the limits, loosened where they cannot be met.

    Args:
        limits: As `list_limits` returns.
        is_free: Projects that may be paused.
        worth: What pausing each would lose, above zero.
        time_limit_s: Seconds for the solver; twice that where limits must be loosened first.
    """
    all_weights = limits.weights / limits.scale[:, None]
    high = limits.high / limits.scale
    if not len(high) or bool((all_weights.sum(axis=1) <= high + _ROOM).all()):
        return Choice(np.ones(len(is_free), dtype=bool), limits.high, 0.0)
    from scipy.sparse import csr_array  # heavy: only where a plan is sought

    weights = csr_array(all_weights)
    cost = worth / worth.max()
    solved = _solve(weights, high, is_free, cost, time_limit_s)
    if solved.x is None:
        over = _loosen(weights, high, is_free, time_limit_s / 2)
        high = high + np.where(over > _ROOM, over + _ROOM, 0.0)
        solved = _solve(weights, high, is_free, cost, time_limit_s / 2)
    if solved.x is None:
        runs, gap = _resume_one_by_one(weights, high, is_free, cost), float("nan")
    else:
        runs, gap = np.round(solved.x) < 1, float(solved.mip_gap or 0.0)
    return Choice(runs | ~is_free, high * limits.scale, gap)


def _solve(
    weights: csr_array, high: np.ndarray, is_free: np.ndarray, cost: np.ndarray, seconds: float
) -> OptimizeResult:
    """Which projects pause: 1 or 0; what all ask for, less what pauses, stays within `high`."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    room = np.asarray(high - weights.sum(axis=1))
    with _without_chatter():
        return milp(
            cost,
            constraints=LinearConstraint(-weights, ub=room),
            integrality=np.ones(len(cost)),
            bounds=Bounds(0, is_free.astype(float)),
            options={"time_limit": seconds, "mip_rel_gap": _GAP},
        )


@contextmanager
def _without_chatter() -> Iterator[None]:
    """Keep a line of HiGHS's own debugging (in scipy 1.17) out of what this process prints."""
    sys.stdout.flush()
    try:
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    except OSError:  # no such output: nothing to keep clean
        yield
        return
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        with suppress(OSError, TypeError, AttributeError):  # where C's library has another name
            ctypes.CDLL(None).fflush(None)
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _loosen(
    weights: csr_array, high: np.ndarray, is_free: np.ndarray, seconds: float
) -> np.ndarray:
    """By how much each limit must give way, least in all, each in shares of its own size."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import eye_array, hstack

    rows, count = weights.shape
    room = np.asarray(high - weights.sum(axis=1))
    with _without_chatter():
        solved = milp(
            np.concatenate([np.zeros(count), np.ones(rows)]),
            constraints=LinearConstraint(hstack([-weights, -eye_array(rows)]), ub=room),
            integrality=np.concatenate([np.ones(count), np.zeros(rows)]),
            bounds=Bounds(0, np.concatenate([is_free.astype(float), np.full(rows, np.inf)])),
            options={"time_limit": seconds},
        )
    runs = ~is_free if solved.x is None else np.round(solved.x[:count]) < 1
    over = np.asarray(weights @ runs.astype(float), dtype=float) - high
    return np.asarray(np.maximum(over, 0.0))


def _resume_one_by_one(
    weights: csr_array, high: np.ndarray, is_free: np.ndarray, cost: np.ndarray
) -> np.ndarray:
    """Where the solver ran out of time with nothing: all paused, the dearest resumed if it fits."""
    runs = ~is_free
    now = np.asarray(weights @ runs.astype(float))
    for place in np.argsort(-cost, kind="stable"):
        then = now + weights[:, [place]].toarray()[:, 0]
        if is_free[place] and (then <= high + _ROOM).all():
            runs[place], now = True, then
    return runs
