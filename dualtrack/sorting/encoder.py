"""The text model: each word of a passage as a vector, offline, on the CPU.

The encoder reads a title and what stands below it together. It is a small transformer tuned on
the corpus (`model/card.toml` says how) and shipped as 8-bit weights.
"""

from __future__ import annotations

from collections.abc import Iterator
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
_BATCH = 8  # larger batches are slower on two cores: more padding, less cache
_THREADS = 2

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
    """Encode passages, those of like length together.

    Args:
        titles: One title a passage.
        bodies: What stands below it, blank for none.
        projection: `WIDTH` x columns; given, vectors are multiplied by it, a batch at a time.

    Yields:
        One result a passage, not in the order given: `position` says which.
    """
    tokenizer, session = _load()
    pairs = [(title, body) if body else title for title, body in zip(titles, bodies, strict=True)]
    encodings: list[Encoding] = tokenizer.encode_batch(pairs)
    order = sorted(range(len(encodings)), key=lambda place: len(encodings[place].ids))
    for start in range(0, len(order), _BATCH):
        places = order[start : start + _BATCH]
        batch = [encodings[place] for place in places]
        hidden = _run_batch(session, batch)
        if projection is not None:  # one product a batch: each costs the threads a wake-up
            flat = hidden.reshape(-1, WIDTH) @ projection
            hidden = flat.reshape(*hidden.shape[:2], -1)
        yield from _part_batch(hidden, places, batch)


def _run_batch(session: InferenceSession, encodings: list[Encoding]) -> Floats:
    """Vectors of the tokens: passages x tokens x `WIDTH`, padded to the longest."""
    longest = max(len(one.ids) for one in encodings)
    ids, mask, kinds = (np.zeros((len(encodings), longest), dtype=np.int64) for _ in range(3))
    for row, one in enumerate(encodings):
        count = len(one.ids)
        ids[row, :count] = one.ids
        kinds[row, :count] = one.type_ids
        mask[row, :count] = 1
    inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
    return np.asarray(session.run(["hidden"], inputs)[0], dtype=np.float32)


def _part_batch(
    hidden: Floats, places: list[int], encodings: list[Encoding]
) -> Iterator[WordVectors]:
    """The passages of a batch one by one, without the padding."""
    for row, (place, one) in enumerate(zip(places, encodings, strict=True)):
        count = len(one.ids)
        yield WordVectors(
            position=place,
            vectors=hidden[row, :count],
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
    options.intra_op_num_threads = _THREADS
    options.log_severity_level = 3
    # Threads that wait by spinning would starve the products done between two batches.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(
        (folder / "encoder.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    return tokenizer, session
