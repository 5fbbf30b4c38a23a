"""The text model: each word of a passage as a vector, offline, on the CPU.

The encoder reads a title and what stands below it together. It is a small transformer tuned on
the corpus (`model/card.toml` says how) and shipped as 8-bit weights.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # both take a moment to import: only who encodes pays it
    from onnxruntime import InferenceSession
    from tokenizers import Encoding, Tokenizer

__all__ = ["MAX_TOKENS", "WIDTH", "WordVectors", "encode_passages"]

MAX_TOKENS = 96  # about 70 words; with 128 no labelled record changes
WIDTH = 384  # of a vector
# Passages at the same time, each alone on a core: in a batch the 8-bit steps of one passage would
# depend on its neighbours, and the same text would not always read the same.
_MOST_AT_ONCE = 8
_PART = 64  # passages handed over together

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class WordVectors:
    """One passage as the encoder sees it.

    Attributes:
        position: Place of the passage in the list given.
        vectors: One row per token, `WIDTH` columns or those of a projection; their mean is the
            passage's vector.
        spans: First and last character of each token in its text (title or body).
        in_body: Whether the token stands in the body.
        is_word: Whether it is a token of the text, not a mark of the encoder's own.
    """

    position: int
    vectors: Floats
    spans: NDArray[np.int64]
    in_body: NDArray[np.bool_]
    is_word: NDArray[np.bool_]


def encode_passages(
    titles: list[str], bodies: list[str], *, projection: Floats | None = None
) -> Iterator[WordVectors]:
    """Encode passages; what comes out for one depends on its own text alone.

    Args:
        titles: One title a passage.
        bodies: What stands below it, blank for none.
        projection: `WIDTH` x columns; given, vectors are multiplied by it.

    Yields:
        One result a passage, in the order given.
    """
    tokenizer, session = _load()
    pairs = [(title, body) if body else title for title, body in zip(titles, bodies, strict=True)]
    encodings: list[Encoding] = tokenizer.encode_batch(pairs)
    at_once = min(_count_cores(), _MOST_AT_ONCE)
    with ThreadPoolExecutor(at_once) as pool:
        parts = [encodings[start : start + _PART] for start in range(0, len(encodings), _PART)]
        running = deque(_submit(pool, session, part) for part in parts[:2])
        for number, part in enumerate(parts):
            vectors = [one.result() for one in running.popleft()]
            if number + 2 < len(parts):
                running.append(_submit(pool, session, parts[number + 2]))
            yield from _gather_words(number * _PART, part, vectors, projection)


def _submit(
    pool: ThreadPoolExecutor, session: InferenceSession, encodings: list[Encoding]
) -> list[Future[Floats]]:
    return [pool.submit(_run, session, one) for one in encodings]


def _count_cores() -> int:
    """Cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not known outside Linux
        return os.cpu_count() or 1


def _run(session: InferenceSession, encoding: Encoding) -> Floats:
    """Vectors of the tokens of one passage: tokens x `WIDTH`."""
    inputs = {
        "input_ids": np.array([encoding.ids], dtype=np.int64),
        "attention_mask": np.ones((1, len(encoding.ids)), dtype=np.int64),
        "token_type_ids": np.array([encoding.type_ids], dtype=np.int64),
    }
    return np.asarray(session.run(["hidden"], inputs)[0][0], dtype=np.float32)


def _gather_words(
    first: int, encodings: list[Encoding], vectors: list[Floats], projection: Floats | None
) -> Iterator[WordVectors]:
    if projection is not None:  # one product a part: each costs the threads a wake-up
        ends = np.cumsum([len(one) for one in vectors])[:-1]
        vectors = np.split(np.concatenate(vectors) @ projection, ends)
    for place, (one, rows) in enumerate(zip(encodings, vectors, strict=True), start=first):
        yield WordVectors(
            position=place,
            vectors=rows,
            spans=np.asarray(one.offsets, dtype=np.int64),
            in_body=np.asarray(one.type_ids, dtype=np.bool_),
            is_word=~np.asarray(one.special_tokens_mask, dtype=np.bool_),
        )


@cache
def _load() -> tuple[Tokenizer, InferenceSession]:
    import onnxruntime
    from tokenizers import Tokenizer

    folder = resources.files("dualtrack.sorting") / "model"
    tokenizer = Tokenizer.from_str((folder / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        (folder / "encoder.onnx").read_bytes(),
        options,
        providers=["CPUExecutionProvider"],
        # Adding and normalising in one step is slower on a CPU than one after the other.
        disabled_optimizers=["SkipLayerNormFusion"],
    )
    return tokenizer, session
