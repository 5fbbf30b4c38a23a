"""`portfolio.toml`: all faults at once, each with its line and key, and nothing secret told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as cases
from hypothesis import strategies as st

from dualtrack.config import read_settings
from dualtrack.config_faults import find_line
from dualtrack.errors import ConfigError
from tests.conftest import ROOT

WRONG = """\
root = "x"
# a comment with key = 1
[portfolio]
curency = "EUR"
hours_per_day = 30.0
as_of_date = "9999-12-31"

[money]
currency = "euro"
rates = { GBP = -1.0, usd = 1.1, SEK = nan }

[[export]]
match = "a*.csv"
[[export]]
day_first = "yes"
as_of_date = "soon"

[privacy]
people_key = 12345678
names = "perhaps"

[targets.mix]
low = inf

[exprt]
a = 1
"""


def told(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "portfolio.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(ConfigError) as fault:
        read_settings(path)
    assert str(path) in str(fault.value)
    return str(fault.value)


def test_every_fault_is_told_at_once_with_its_line_and_key(tmp_path: Path) -> None:
    message = told(tmp_path, WRONG)
    for words in (
        "line 1: key 'root' is set by dualtrack itself",
        "line 4: unknown key 'portfolio.curency', known are",
        "line 5: key 'portfolio.hours_per_day' holds 30.0",
        "line 6: key 'portfolio.as_of_date' holds '9999-12-31'",
        "line 9: key 'money.currency' holds 'euro'",
        "line 10: key 'money.rates.GBP' holds -1.0",
        "line 10: key 'money.rates.usd.[key]' holds 'usd'",
        "line 10: key 'money.rates.SEK' holds nan",
        "line 14: key 'export.1.match' is missing",
        "line 15: key 'export.1.day_first' holds 'yes'",
        "line 16: key 'export.1.as_of_date' holds 'soon'",
        "line 20: key 'privacy.names' holds 'perhaps'",
        "line 23: key 'targets.mix.low' holds inf",
        "line 22: key 'targets.mix.because'",
        "line 25: unknown key 'exprt', did you mean 'export'?",
    ):
        assert words in message, (words, message)


def test_a_message_tells_no_secret(tmp_path: Path) -> None:
    message = told(
        tmp_path,
        WRONG + '[second_reader]\nurl = "https://me:hunter2@x.example/v1"\nmodel = "m"\n',
    )
    assert "line 19: key 'privacy.people_key': input should be a valid string" in message
    assert "12345678" not in message and "hunter2" not in message
    assert "line 28: key 'second_reader.url'" in message


def test_a_list_of_tables_that_is_none_and_other_faults_are_told_together(tmp_path: Path) -> None:
    message = told(tmp_path, 'export = "x"\n[sort]\ndecide_at = 2.0\n')
    assert "line 1: [[export]] is a list of tables" in message and "line 3: key" in message


@pytest.mark.parametrize(
    "text",
    [
        "[portfolio\n",
        b"\xff\xfe\x00",
        b"[portfolio]\nname = '\x00'\n",
        "x = " + "[" * 100_000,
        "a." * 3_000 + "b = 1",
        "[portfolio]\nname = 1\nname = 2\n",
        'export = [1, "x", []]\n',
        "portfolio = 3\n",
        "[portfolio]\nname = '" + "x" * 10**6 + "'\nhours_per_day = '" + "y" * 10**6 + "'\n",
    ],
)
def test_hostile_settings_are_one_short_message(tmp_path: Path, text: str | bytes) -> None:
    message = told(tmp_path, text)
    assert len(message) < 2_000


@cases(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 2_000), bit=st.sampled_from(["", "[", '"', "=", "\n", "x", "\\u0000"]))
def test_garbled_settings_are_read_or_refused(tmp_path: Path, place: int, bit: str) -> None:
    text = (ROOT / "portfolio.toml").read_text("utf-8")
    path = tmp_path / "portfolio.toml"
    place %= len(text)
    path.write_text(text[:place] + bit + text[place + 1 :], encoding="utf-8")
    try:
        assert read_settings(path).root == tmp_path
    except ConfigError as fault:
        assert "portfolio.toml" in str(fault)


def test_lines_of_keys_are_found_in_every_way_of_writing_them() -> None:
    text = (
        'a.b = 1\n[c]\n"d e" = 2\n[[f]]\ng = 1\n[[f]]\n  g = 2  # here\n[f.h]\ni = 1\n[ k . l ]\n'
    )
    assert find_line(text, ("a", "b")) == 1
    assert find_line(text, ("c", "d e")) == 3
    assert [find_line(text, ("f", n, "g")) for n in (0, 1)] == [5, 7]
    assert find_line(text, ("f", 1, "h", "i")) == 9
    assert find_line(text, ("k", "l", "missing")) == 10
    assert find_line(text, ("none",)) is None


def test_names_may_be_asked_for_by_the_process_that_starts_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "portfolio.toml"
    path.write_text('[privacy]\nnames = "keep"\n', encoding="utf-8")
    assert read_settings(path).privacy.names == "keep"
    monkeypatch.setenv("DUALTRACK_NAMES", "hide")
    assert read_settings(path).privacy.names == "hide"
    monkeypatch.setenv("DUALTRACK_NAMES", "perhaps")
    with pytest.raises(ConfigError, match="hide or keep"):
        read_settings(path)
