"""Hostile lists: separated values, and files that are not what their ending says."""

from __future__ import annotations

from tests.exports.small_files import PLAN
from tests.hostile.case import Case

HEAD = "Title,Unit,Start,Due,Budget,Owner\n"
HUB = "Hub,A,2026-01-05,2026-12-31,5,Ada"


def rows(*lines: str) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines)


# What a title, a unit or an owner may hold that something further on could take for its own.
NUMBERS = ["1e308", "-1e308", "1e999", "NaN", "Infinity", "9" * 5000, "0x7f", "1_000", "１２"]
DATES = ["9999-12-31", "0001-01-01", "31.12.9999", "2026-02-30", "99999-01-01", "1e9", "-1"]
DATES += ["9" * 400, "2026-13-45", "12/31/2026 25:61", "now", "2026-W60"]
PAGES = ["<img src=x onerror=alert(1)>", "</td><svg onload=alert(1)>", "<script>alert(1)</script>"]
MARKS = ["[x](javascript:1) ![y](http://x.example/y)", "\\input{/etc/passwd}", "$\\frac{$ $$"]
MARKS += ['#include "/etc/passwd"', "{{ 7 * 7 }} {% raw %}", "`rm -rf` | # * _ ~", "%s %d {0} {x}"]
FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "-1+1", "\t=1+1", "=HYPERLINK(1)"]
UNITS = ["../../x", "CON", "u" * 300, "\U0001f680", "\u202egnp.exe", "/etc/cron.d/x", "C:\\x", ".."]
UNITS += ["index", "a/b", "A", "a", "manifest.json", "~", "-rf", "x\x1b[31m", "’", "\u0130"]


def quoted_titles(texts: list[str]) -> str:
    quoted = [text.replace('"', '""') for text in texts]
    return rows(*(f'"{one}","{one}",,,,"{one}"' for one in quoted))


CASES = [
    Case("line of 200 MB", "a.csv", lambda: rows(HUB).encode() + b"a" * 200 * 2**20, "row 3"),
    Case(
        "quote that never closes",
        "a.csv",
        lambda: rows(HUB) + '"' + f"{HUB}\n" * 1_000_000,
        "quote that is not closed",
    ),
    Case("cell of ten million letters", "a.csv", lambda: rows("Hub,A,,,," + "a" * 10**7), "row 2"),
    Case(
        "a million columns",
        "a.csv",
        lambda: "Title," + ",".join(f"c{n}" for n in range(10**6)) + "\nHub\n",
        "columns",
    ),
    Case("a million separators", "a.csv", lambda: HEAD + ("," * 10**6 + "\n") * 20, "columns"),
    Case("five million rows", "a.csv", lambda: HEAD + "\n" * 5_000_000, "rows"),
    Case("billions of cells", "a.csv", lambda: HEAD + "," * 19_000 + "\n" * 30_000, "cells"),
    Case("NUL bytes in the headings", "a.csv", lambda: b"Ti\0tle,Unit\nHub,A\n", "binary"),
    Case("NUL bytes further down", "a.csv", lambda: rows(*[HUB] * 2_000, "T\0u,A,,,,"), rows=2_001),
    Case("numbers at the edge", "a.csv", lambda: rows(*(f"T,A,,,{n}," for n in NUMBERS)), rows=9),
    Case("dates at the edge", "a.csv", lambda: rows(*(f"T,A,{d},{d},," for d in DATES)), rows=12),
    Case("pages and scripts", "a.csv", lambda: quoted_titles(PAGES), rows=3),
    Case("Markdown, LaTeX, Typst, Jinja", "a.csv", lambda: quoted_titles(MARKS), rows=7),
    Case("formulas", "a.csv", lambda: quoted_titles(FORMULAS), rows=6),
    Case("units that are paths", "a.csv", lambda: quoted_titles(UNITS), rows=18),
    Case(
        "signs that steer a terminal",
        "a.csv",
        lambda: rows("\x1b]0;x\x07\x1b[2J Hub,A,,,,"),
        rows=1,
    ),
    Case("last code points", "a.csv", lambda: rows("Hub \U0010ffff\ufffe\ufdd0,A,,,,"), rows=1),
    Case("halves of letters", "a.csv", lambda: HEAD.encode() + b"\xed\xa0\x80,A,,,,\n", rows=1),
    Case(
        "parents in a ring",
        "a.csv",
        lambda: (
            "Issue key,Issue Type,Summary,Parent key,Status,Project name\n"
            + "".join(f"K-{n},Story,S{n},K-{(n + 1) % 500},Open,P\n" for n in range(500))
        ),
        rows=500,
    ),
    Case(
        "one key 50,000 times",
        "a.csv",
        lambda: "ID,Title,Unit\n" + "1,Hub,A\n" * 50_000,
        rows=50_000,
    ),
    Case("UTF-7", "a.csv", lambda: b"Title,Unit,Start\n+ADw-script+AD4-,A,\n", rows=1),
    Case("UTF-16 without its mark", "a.csv", lambda: rows(HUB).encode("utf-16-le"), "binary"),
    Case("half of UTF-16", "a.csv", lambda: rows(HUB).encode("utf-16")[:-1], rows=1),
    Case("empty", "a.csv", lambda: b"", "empty"),
    Case("blanks alone", "a.csv", lambda: b" \r\n\t" * 1000, "empty"),
    Case("program", "a.csv", lambda: b"\x7fELF" + b"\0" * 5000, "binary"),
    Case("page named list", "a.csv", lambda: "<html><script>x</script></html>", "without a table"),
    Case("list named plan", "a.xml", lambda: rows(HUB), "a.xml"),
    Case("plan named list", "a.csv", lambda: PLAN, rows=2),
]
