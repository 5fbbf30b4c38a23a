"""A text that was read is not read again: counted, not timed."""

from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dualtrack.sorting.reading_cache import read_passages_once
from dualtrack.sorting.text_model import read_text_model


def test_only_new_texts_are_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    model, cache = read_text_model(), tmp_path / "readings.npz"
    titles = ["Open a hub in Peru", "Cut scrap on line 4", "Open a hub in Peru", "Repair the roof"]
    passages = pd.DataFrame({"title": titles, "body": ["", "by kaizen", "", "of hall 2"]})
    told = []
    for rows in (passages.head(2), passages, passages.iloc[::-1]):
        caplog.clear()
        with caplog.at_level(logging.INFO, logger="dualtrack.sorting.reading_cache"):
            reading = read_passages_once(rows, model, cache_file=cache)
        told += [one.getMessage() for one in caplog.records]
        plain = read_passages_once(rows, model, cache_file=None)
        for name in ("shown", "starts", "ends", "in_body"):
            np.testing.assert_array_equal(getattr(reading, name), getattr(plain, name))
    assert told == [
        "2 passages, 2 of them read anew",
        "4 passages, 1 of them read anew",
        "4 passages, 0 of them read anew",
    ]
