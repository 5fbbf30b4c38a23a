"""Readings of the text model kept between runs: a text that did not change is not read again."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import time
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from dualtrack.sorting.text_model import PassageReading, TextModel, read_passages

__all__ = ["read_passages_once"]

log = logging.getLogger(__name__)

_FIELDS = ("shown", "starts", "ends", "in_body")
_KEY_BYTES = 16
_LEFT_BEHIND_S = 24 * 3600.0  # writing takes a second
_MOST_KEPT = 200_000  # passages, some 40 MB


def read_passages_once(
    passages: pd.DataFrame, model: TextModel, *, cache_file: Path | None
) -> PassageReading:
    """Read passages, taking from the cache those read before by the same model.

    Args:
        passages: `title`, `body`.
        model: As `read_text_model` returns.
        cache_file: Where readings are kept; None keeps none. A cache that cannot be read or written
            costs time, not the run.

    Returns:
        As `read_passages` returns.
    """
    if cache_file is None:
        return read_passages(passages, model)
    keys = _keys(passages, model.version)
    kept_keys, kept = _read_cache(cache_file, len(model.criterion_ids))
    place = {key: number for number, key in enumerate(kept_keys.tolist())}
    found = np.array([place.get(key, -1) for key in keys.tolist()], dtype=np.int64)
    fresh_keys, first = np.unique(keys[found < 0], return_index=True)
    fresh_rows = np.flatnonzero(found < 0)[first]
    if len(fresh_rows):
        fresh = read_passages(passages.iloc[fresh_rows], model)
        kept_keys = np.concatenate([kept_keys, fresh_keys])
        kept = PassageReading(
            *(np.concatenate([getattr(kept, name), getattr(fresh, name)]) for name in _FIELDS)
        )
        place = {key: number for number, key in enumerate(kept_keys.tolist())}
        found = np.array([place[key] for key in keys.tolist()], dtype=np.int64)
        _write_cache(cache_file, kept_keys, kept)
    log.info("%d passages, %d of them read anew", len(passages), len(fresh_rows))
    return PassageReading(*(getattr(kept, name)[found] for name in _FIELDS))


def _keys(passages: pd.DataFrame, version: str) -> NDArray[np.bytes_]:
    texts = zip(passages["title"], passages["body"], strict=True)
    digests = [
        hashlib.blake2b(
            f"{version}\0{title}\0{body}".encode("utf-8", "surrogatepass"),
            digest_size=_KEY_BYTES // 2,
        ).hexdigest()
        for title, body in texts
    ]
    return np.array(digests, dtype=f"S{_KEY_BYTES}")


def _read_cache(path: Path, width: int) -> tuple[NDArray[np.bytes_], PassageReading]:
    nothing = np.zeros((0, width))
    empty = PassageReading(
        nothing, nothing.astype(np.int64), nothing.astype(np.int64), nothing.astype(np.bool_)
    )
    no_keys = np.zeros(0, dtype=f"S{_KEY_BYTES}")
    if not path.is_file():
        return no_keys, empty
    try:
        with np.load(path, allow_pickle=False) as held:
            thousandths, starts, lengths = held["shown"], held["starts"], held["lengths"]
            kept = PassageReading(
                thousandths / 1000.0,
                starts.astype(np.int64),
                starts.astype(np.int64) + lengths,
                held["in_body"],
            )
            keys = held["keys"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, EOFError) as fault:
        log.warning("%s: not a usable cache (%s); texts are read anew.", path, fault)
        return no_keys, empty
    return (keys, kept) if kept.shown.shape == (len(keys), width) else (no_keys, empty)


def _write_cache(path: Path, keys: NDArray[np.bytes_], kept: PassageReading) -> None:
    """Write the newest readings whole or not at all."""
    last = slice(-_MOST_KEPT, None)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as file:
            np.savez(
                file,
                keys=keys[last],
                shown=np.rint(kept.shown[last] * 1000).astype(np.uint16),
                starts=kept.starts[last].astype(np.uint16),
                lengths=(kept.ends - kept.starts)[last].astype(np.uint16),
                in_body=kept.in_body[last],
            )
        temporary.replace(path)
        _remove_old(path)
    except OSError as fault:
        log.warning("%s: cannot keep readings (%s); the next run reads them anew.", path, fault)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def _remove_old(path: Path) -> None:
    """What runs that were cut off left beside it; another run may be writing a younger one."""
    for beside in path.parent.glob(f"{path.name}.*"):
        if time.time() - beside.stat().st_mtime > _LEFT_BEHIND_S:
            beside.unlink(missing_ok=True)
