"""Cells of the ledger as people and spreadsheets write them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dualtrack.errors import SortingError
from dualtrack.sorting import read_ledger

BASE = "project_id{0}track{0}by{0}at{0}why{0}p_strategic\n"


def test_chances_with_a_point_or_a_comma(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    line = "a;strategic;Anna;2026-01-02;why;{}\n"
    cells = ["0,75", "0.75", "1", "0", "1e-3", ""]
    path.write_text(BASE.format(";") + "".join(map(line.format, cells)), encoding="utf-8")
    chances = read_ledger(path)["p_strategic"]
    assert chances.fillna(-1).tolist() == [0.75, 0.75, 1.0, 0.0, 0.001, -1.0]
    for cell in ("1,01", "-0,1", "much", "nan"):
        path.write_text(BASE.format(";") + line.format(cell), encoding="utf-8")
        with pytest.raises(SortingError, match=f"p_strategic '{cell}' is no number from 0 to 1"):
            read_ledger(path)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_reason_over_several_lines_may_end_the_file(tmp_path: Path, count: int) -> None:
    path = tmp_path / "decisions.csv"
    why = "\n".join(f"part {number}" for number in range(count + 1))
    line = f'a,strategic,Anna,2026-01-02,"{why}",0.5\n'
    path.write_text(BASE.format(",") + line + line.replace("a,", "b,", 1), encoding="utf-8")
    read = read_ledger(path)
    assert read["why"].tolist() == [why, why]
    assert read["line_number"].tolist() == [2, 3 + count]
    assert read["at"].tolist() == [pd.Timestamp("2026-01-02")] * 2


def test_a_last_line_cut_within_a_letter_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "decisions.csv"
    head, line = BASE.format(",").encode(), "a,strategic,Zoë,2026-01-02,why,0.5\n".encode()
    cut = line.index("ë".encode()) + 1  # the first of its two bytes
    path.write_bytes(head + line + line[:cut])
    assert read_ledger(path)["by"].tolist() == ["Zoë"]
