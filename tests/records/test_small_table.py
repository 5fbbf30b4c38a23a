"""Tables kept by hand: every wrong line at once, and no way of saving them that stops us."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as cases
from hypothesis import strategies as st

from dualtrack.errors import RecordError
from dualtrack.records.countermeasures import read_countermeasures
from dualtrack.records.match import read_matches
from dualtrack.records.small_table import read_small_table

HEAD = "left_id,right_id,is_same,by,at,why\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "matches.csv"


@pytest.mark.parametrize(
    "content",
    [
        b"left_id,right_id,is_same\na,b,yes\n",
        b"\xef\xbb\xbfleft_id;right_id;is_same\r\na;b;Yes\r\n;;\r\n",
        b"Left_ID\tRight_ID\tis_same\na\tb\tyes",
        b'left_id,right_id,is_same,why\na,"b",yes,"two\nlines"\n\n',
    ],
)
def test_a_table_is_read_however_a_spreadsheet_saves_it(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert read_matches(path).values.tolist() == [["a", "b", "yes"]]


def test_every_wrong_line_is_named_at_once(path: Path) -> None:
    path.write_text(HEAD + "a,b,maybe\nc,d,yes\n\n,e,no\nf,,\n" + "g,h,x\n" * 7, encoding="utf-8")
    with pytest.raises(RecordError) as fault:
        read_matches(path)
    assert "line [2, 6, 7, 8, 9, 10, 11, 12, 13]: is_same must be yes or no" in str(fault.value)
    assert "line [5, 6]: an id is blank" in str(fault.value)


def test_every_wrong_date_is_named_at_once(path: Path) -> None:
    path.write_text(
        "metric_id,month,countermeasure,due_date\nm,2026-07,Do,soon\nm,never,Do,2026-10-15\n",
        encoding="utf-8",
    )
    with pytest.raises(RecordError) as fault:
        read_countermeasures(path)
    assert "line [3]: month is no date, such as 'never'" in str(fault.value)
    assert "line [2]: due_date is no date, such as 'soon'" in str(fault.value)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column"),
        (b"\n\n", "no column"),
        (b"left_id,right_id\n", "no column ['is_same']"),
        (HEAD.encode() + b"a,b,yes,x,y,z,one too many\n", "line [2]: more cells"),
        (HEAD.encode() + b'a,"b' + b"x" * 2_000_000, "field larger"),
        ("left_id,right_id,is_same\nä,b,yes\n".encode("cp1252"), "CSV UTF-8"),
        (b"PK\x03\x04\xff\x00", "CSV UTF-8"),
    ],
)
def test_what_is_no_such_table_says_what_to_do(path: Path, content: bytes, words: str) -> None:
    path.write_bytes(content)
    with pytest.raises(RecordError) as fault:
        read_matches(path)
    assert words in str(fault.value) and "matches.csv" in str(fault.value)


def test_a_table_of_gigabytes_is_refused_unread(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2**32)
    with pytest.raises(RecordError, match="no table kept by hand"):
        read_matches(path)


@cases(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=80) | st.text("ab,;\t\"'\r\n=\0é", max_size=60).map(str.encode))
def test_any_bytes_give_a_table_or_an_error_of_ours(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        table = read_small_table(path, needed=(), headings="a,b")
    except RecordError as fault:
        assert "matches.csv" in str(fault)
    else:
        assert table.columns.is_unique and not (table == "").any(axis=None)
