"""Cells cleaned: dates, money, effort, percent, words, names. Small cases checked by hand."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualtrack.records.dates import clean_dates, find_date_order
from dualtrack.records.effort import clean_effort, clean_numbers, clean_progress
from dualtrack.records.money import MoneyRules, clean_money
from dualtrack.records.words import clean_names, clean_rhythm, clean_text, clean_words


def cells(*values: object) -> pd.Series:
    return pd.Series(list(values), dtype=object)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-07-05", "2026-07-05"),
        ("2026-07-05T08:00:00", "2026-07-05"),
        ("2026-07", "2026-07-01"),
        ("17/Jul/25 10:44 AM", "2025-07-17"),
        ("02/oct/25 2:15 PM", "2025-10-02"),
        ("7/5/2026 7:00:00 AM", "2026-05-07"),
        ("05.07.2026", "2026-07-05"),
        ("5 Juli 2026", "2026-07-05"),
        ("January 5, 2025 3:00 PM (GMT)", "2025-01-05"),
        ("Mon Feb 06 2023 05:00:00 GMT+0000 (GMT)", "2023-02-06"),
        ("Mon, 21 Apr 2025 10:17:06 UTC+0000", "2025-04-21"),
        ("Fri, 24 Sep 2021 14:22:15 -0700", "2021-09-24"),
        (46208.0, "2026-07-05"),
        (1783209600000, "2026-07-05"),
        ("1783209600000", "2026-07-05"),
        ("So 05.07.2026", "2026-07-05"),
        (dt.datetime(2026, 7, 5, 9), "2026-07-05"),
    ],
)
def test_dates_as_tools_write_them(text: object, day: str) -> None:
    column = cells(text)
    cleaned = clean_dates(column, find_date_order([column], stated=True))
    assert cleaned.series[0] == pd.Timestamp(day)
    assert cleaned.faults.isna().all()


@pytest.mark.parametrize("text", ["1899-12-30 00:00", "NA", "", None, "TBD", float("nan")])
def test_null_dates_are_blank_without_a_fault(text: object) -> None:
    column = cells(text)
    cleaned = clean_dates(column, find_date_order([column]))
    assert cleaned.series.isna().all() and cleaned.faults.isna().all()


@pytest.mark.parametrize("text", ["Q2 2026", "next week", "31/02/2026", "9999-12-31", "soon"])
def test_what_is_no_date_is_a_fault_and_never_guessed(text: str) -> None:
    column = cells(text)
    cleaned = clean_dates(column, find_date_order([column], stated=True))
    assert cleaned.series.isna().all() and cleaned.faults.notna().all()


def test_order_of_day_and_month_is_decided_by_all_values_of_a_file() -> None:
    assert find_date_order([cells("03/04/2026", "13/04/2026")]).is_day_first
    assert not find_date_order([cells("03/04/2026", "03/14/2026")]).is_day_first
    doubtful = find_date_order([cells("03/04/2026")])
    assert not doubtful.is_sure
    assert find_date_order([cells("03.04.2026")]).is_sure


@given(st.dates(dt.date(1971, 1, 1), dt.date(2069, 12, 31)), st.booleans())
def test_any_date_comes_back_from_either_order(day: dt.date, is_day_first: bool) -> None:
    text = f"{day:%d/%m/%Y}" if is_day_first else f"{day:%m/%d/%Y}"
    column = cells(text)
    order = find_date_order([column], stated=is_day_first)
    assert clean_dates(column, order).series[0] == pd.Timestamp(day)


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("€ 1,186.00", 1186.0, "EUR"),
        ("£1.90m", 1_900_000.0, "GBP"),
        ("USD 45k", 45_000.0, "USD"),
        ("1200", 1200.0, "EUR"),
        (1200.5, 1200.5, "EUR"),
        ("(1,234)", -1234.0, "EUR"),
        ("-17.5", -17.5, "EUR"),
        ("2 bn", 2e9, "EUR"),
    ],
)
def test_money_with_its_currency_and_scale(text: object, amount: float, currency: str) -> None:
    read = clean_money(cells(text), MoneyRules("EUR")).iloc[0]
    assert read["original_amount"] == pytest.approx(amount)
    assert read["currency"] == currency
    assert pd.isna(read["fault"])


def test_decimal_sign_is_decided_for_the_column() -> None:
    german = clean_money(cells("1.234", "56,70", "€1.234,56"), MoneyRules("EUR"))
    assert german["original_amount"].tolist() == [1234.0, 56.7, 1234.56]
    english = clean_money(cells("1,234", "56.70"), MoneyRules("EUR"))
    assert english["original_amount"].tolist() == [1234.0, 56.7]


def test_damaged_pound_signs_and_headed_millions() -> None:
    rules = MoneyRules("GBP", 1e6, (("Ł", "GBP"),))
    read = clean_money(cells("Ł752.70", "Ł1,186.00", "Ł1.90m"), rules)
    assert read["original_amount"].tolist() == pytest.approx([752.7e6, 1186e6, 1.9e6])
    assert set(read["currency"]) == {"GBP"}


def test_text_in_a_money_column_is_a_fault_and_a_range_its_middle() -> None:
    read = clean_money(
        cells("Exempt under Section 43 of the Act (2000)", "10-13M", "TBD"), MoneyRules("EUR")
    )
    assert read["original_amount"].isna().tolist() == [True, False, True]
    assert read["original_amount"][1] == pytest.approx(11.5e6)
    assert read["fault"].notna().tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("text", "is_odd"),
    [("$3,7000,000", True), ("1,2345", True), ("$37,000,000", False), ("12,34,567", False)],
)
def test_digits_grouped_oddly_are_read_as_they_stand_and_told(text: str, is_odd: bool) -> None:
    read = clean_money(cells(text), MoneyRules("USD"))
    assert read["original_amount"][0] == float(text.strip("$").replace(",", ""))
    assert read["fault"].notna()[0] == is_odd


@given(st.decimals(0, 10**9, places=2))
def test_any_amount_comes_back_in_both_conventions(amount: object) -> None:
    english = f"{amount:,.2f}"
    german = english.replace(",", " ").replace(".", ",").replace(" ", ".")
    for text in (english, german):
        read = clean_money(cells(text), MoneyRules("EUR"))["original_amount"][0]
        assert read == pytest.approx(float(amount))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "unit", "hours"),
    [
        ("2w 3d", "hours", 104.0),
        ("16h", "seconds", 16.0),
        (57600, "seconds", 16.0),
        ("57600", "seconds", 16.0),
        ("PT400H0M0S", "hours", 400.0),
        ("50t", "hours", 400.0),
        ("1,5 d", "hours", 12.0),
        ("180,00", "hours", 180.0),
        ("7:30", "hours", 7.5),
        ("0:45:00", "seconds", 0.75),
    ],
)
def test_effort_in_hours(text: object, unit: str, hours: float) -> None:
    assert clean_effort(cells(text), unit=unit).series[0] == pytest.approx(hours)


def test_a_day_has_the_hours_the_settings_say() -> None:
    assert clean_effort(cells("2d"), unit="hours", hours_per_day=7.5).series[0] == 15
    assert clean_effort(cells(2), unit="days", hours_per_day=7.5).series[0] == 15
    assert clean_effort(cells(3_600_000), unit="milliseconds").series[0] == pytest.approx(1)


def test_progress_as_fraction_or_percent() -> None:
    fraction = clean_progress(cells(0.7, 1, "50%", "0.25"), is_fraction=True)
    assert fraction.series.tolist() == [70, 100, 50, 25]
    percent = clean_progress(cells(70, "90 %", 120), is_fraction=False)
    assert percent.series.tolist()[:2] == [70, 90]
    assert percent.faults.notna().tolist() == [False, False, True]


def test_words_of_tools_and_languages() -> None:
    status = clean_words(cells("In Progress", "erledigt", "Removed", "Blorp", None), "status")
    assert status.series.tolist()[:3] == ["active", "done", "cancelled"]
    assert status.faults.notna().tolist() == [False, False, False, True, False]
    rhythm = clean_rhythm(cells("Monthly", "every 10 days", "alle zwei Wochen", 7, "now and then"))
    assert rhythm.series.tolist()[:4] == [30, 10, 14, 7]
    assert rhythm.faults.notna().tolist() == [False] * 4 + [True]


def test_names_text_and_numbers() -> None:
    names = clean_names(
        cells("Ada L <ada@x.example>", r"Last, First <DOM\f>", "A B; C D", "[Ada, Bo]")
    )
    assert names.tolist() == ["Ada L", "First Last", "A B", "Ada"]
    raw = cells("<div>One<br>two &amp; three</div>", "h3. Aim\n*bold* x", "a\x96b", "-")
    text = clean_text(raw)
    assert text.tolist()[:3] == ["One\ntwo & three", "Aim\nbold x", "a–b"]
    assert pd.isna(text[3])
    assert clean_numbers(cells("1.234,5", "12", "x")).series.tolist()[:2] == [1234.5, 12]


@given(st.lists(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.booleans())))
def test_no_cell_breaks_a_cleaner(values: list[object]) -> None:
    column = cells(*values)
    order = find_date_order([column])
    assert len(clean_dates(column, order).series) == len(column)
    assert len(clean_money(column, MoneyRules("EUR"))) == len(column)
    assert len(clean_effort(column, unit="hours").series) == len(column)
    assert len(clean_progress(column, is_fraction=True).series) == len(column)
    assert len(clean_text(column)) == len(clean_names(column)) == len(column)
    assert len(clean_rhythm(column).series) == len(column)


def test_signs_that_steer_a_screen_or_turn_a_text_around_are_dropped() -> None:
    cells = pd.Series(["a\x1b]0;b\x07c", "a&#27;[2Jb", "a \u202eexe.gnp", "\u200fשלום\u200f"])
    assert clean_text(cells).tolist() == ["a]0;bc", "a[2Jb", "a exe.gnp", "\u200fשלום\u200f"]


def test_a_rhythm_in_raised_digits_is_no_number() -> None:
    assert clean_rhythm(cells("¹", "14")).series.tolist()[1] == 14
