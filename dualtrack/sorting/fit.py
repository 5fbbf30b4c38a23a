"""Fits behind the shipped weights: criteria from vectors, tracks from criteria.

Both are plain penalised fits by Newton's or gradient steps of fixed number, so that the same
corpus gives the same weights on every machine, up to rounding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["fit_additive", "fit_criteria", "sigmoid", "softmax", "sum_by_track"]

Array = NDArray[np.float64]

_NEWTON_STEPS = 12  # the gradient is below 1e-8 after ten on the corpus
_LONGEST_STEP = 4.0  # in log-odds of any record
_GRADIENT_STEPS = 800


def sigmoid(scores: Array) -> Array:
    """1 / (1 + exp(-x)), safe at both ends."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * scores)))


def softmax(scores: Array) -> Array:
    """Shares of each row that add up to 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def sum_by_track(shown: Array, tracks: NDArray[np.int64]) -> Array:
    """Sum of the columns of each track.

    Args:
        shown: Records x criteria.
        tracks: Track number (0 to 2) of each criterion.

    Returns:
        Records x 3.
    """
    return np.column_stack([shown[:, tracks == track].sum(axis=1) for track in range(3)])


def fit_criteria(
    vectors: Array, shown: Array, weights: Array, *, penalty: float
) -> tuple[Array, Array]:
    """One logistic regression a criterion: does a text show it?

    Args:
        vectors: Records x width.
        shown: Records x criteria, 1 where the record shows the criterion.
        weights: Records x criteria, how much each mark counts.
        penalty: Ridge penalty on the coefficients, not on the intercept.

    Returns:
        Coefficients, width x criteria, and intercepts.
    """
    count, width = vectors.shape
    design = np.column_stack([vectors, np.ones(count)])
    ridge = np.diag(np.append(np.full(width, penalty), 1e-6))
    solved = np.zeros((width + 1, shown.shape[1]))
    for place in range(shown.shape[1]):
        beta = np.zeros(width + 1)
        beta[-1] = -3.0  # a criterion is rare
        for _ in range(_NEWTON_STEPS):
            chance = sigmoid(design @ beta)
            gradient = design.T @ (weights[:, place] * (chance - shown[:, place])) + ridge @ beta
            curve = weights[:, place] * chance * (1 - chance)
            hessian = (design * curve[:, None]).T @ design + ridge
            step = np.linalg.solve(hessian, gradient)
            # Far from the solution a whole step may overshoot and never settle.
            beta = beta - step * min(1.0, _LONGEST_STEP / float(np.abs(design @ step).max()))
        solved[:, place] = beta
    return solved[:-1], solved[-1]


def fit_additive(
    shown: Array,
    labels: NDArray[np.int64],
    tracks: NDArray[np.int64],
    *,
    start: Array,
    pull: float,
    offset: Array | float = 0.0,
    with_prior: bool = True,
) -> tuple[Array, Array]:
    """Weight of each criterion toward its own track, never negative, and each track's prior.

    Args:
        shown: Records x criteria, how strongly each is shown.
        labels: Track number of each record.
        tracks: Track number of each criterion.
        start: Weights to start from and to be pulled back to.
        pull: Strength of that pull, in records.
        offset: Scores from elsewhere, records x 3, counted beside.
        with_prior: Fit the prior of the tracks too; else it is 0.

    Returns:
        Weights of the criteria and prior scores of the three tracks (their sum is 0).

    Source: maximum a posteriori multinomial logit; projected gradient with momentum (Nesterov).
    """
    count = len(labels)
    truth = np.eye(3)[labels]
    weights, prior = start.astype(float), np.zeros(3)
    ahead, ahead_prior = weights.copy(), prior.copy()
    step = 1.0 / (0.5 * np.square(shown).sum(axis=1).mean() + 0.5 + pull / count)
    for turn in range(_GRADIENT_STEPS):
        gap = softmax(offset + ahead_prior + sum_by_track(shown * ahead, tracks)) - truth
        slope = (gap[:, tracks] * shown).mean(axis=0) + pull * (ahead - start) / count
        next_weights = np.maximum(0.0, ahead - step * slope)
        next_prior = ahead_prior - step * gap.mean(axis=0) * with_prior
        momentum = turn / (turn + 3)
        ahead = np.maximum(0.0, next_weights + momentum * (next_weights - weights))
        ahead_prior = next_prior + momentum * (next_prior - prior)
        weights, prior = next_weights, next_prior
    return weights, prior - prior.mean()
