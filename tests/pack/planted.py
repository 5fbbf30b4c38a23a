"""A workspace whose exports name people wherever names come to stand, and the words to look for."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from dualtrack.sorting.ledger.lines import LEDGER_COLUMNS

ADA, BO, CY, DU = "Adaeze Quistgard", "Bohumil Värtinen", "Cyrille Oyelaran", "Dunja Halvorsrud"
EWA, ZHA, HARU = "Przybylska-Ó Murchú, Ewa", "Жанна Ворошилова", "西園寺 陽翔"
BOOKED, RATER, GUEST, HOST = (
    "Fionnuala Mhaonaigh",
    "Goizane Etxeberria",
    "Hallgerd Ketilson",
    ("Ingvild Thorbjarnar"),
)
REVIEWER, DOER = "Iolanthe Zwickermann", "Jacomo Bevilacqua"

# Written as people write; each is looked for in all files, whatever its case.
PLANTED = (
    "quistgard",
    "värtinen",
    "oyelaran",
    "halvorsrud",
    "adaeze",
    "bohumil",
    "cyrille",
    "dunja",
    "quistgaard",
    "vaertinen",
    "przybylska",
    "murchú",
    "ворошилов",
    "жанна",
    "西園寺",
    "陽翔",
    "fionnuala",
    "mhaonaigh",
    "goizane",
    "etxeberria",
    "hallgerd",
    "ketilson",
    "ingvild",
    "thorbjarnar",
    "iolanthe",
    "zwickermann",
    "bevilacqua",
    "coyelaran",
    "bvartinen",
    "unlistedson",
    "handleless",
    "profileuser",
    "homeuser",
    "labelgren",
    "5550142",
    "x.example",
)

HEAD = "Title,Description,Unit,Team,Owner,Sponsor,Start,Due,Budget,Forum,Tags,Risk,Category"
TEXTS = [
    (
        f"Cut waiting time as {ADA} asked",
        f"Ask a.quistgard@x.example or +44 20 555 0142. {BOOKED} measures, Mhaonaigh reports.",
    ),
    (
        f"Enter the Peruvian market with {BO}",
        f"{CY} leads; see Oyelaran's plan, C:\\Users\\profileuser\\plan.xlsx and "
        "/"
        "home/homeuser/plan.xlsx",  # in two parts: no such folder is ours
    ),
    (f"Take over from {DU}", "Dunja hands over the desk. D. Halvorsrud and HALVORSRUD, D. sign."),
    (
        "Replace the boiler",
        "Like for like, says @handleless; Owner: Anne Labelgren. Dr. Unlistedson",
    ),
    ("Ewa Przybylska-Ó Murchú: shorter changeovers", "Mit Frau Przybylska; @bvartinen hilft"),
    ("Новый рынок: ЖАННА ВОРОШИЛОВА", "Ворошилова Жанна открывает рынок. Ж. Ворошилова"),
    ("西園寺陽翔の改善計画", "西園寺さんが担当する"),
    ("Open a region", f"{RATER} and {GUEST} agree; {HOST.upper()} too. Ketilson's list"),
]
OWNERS = [(BO, ADA), (CY, BO), (CY, ADA), (DU, ADA), (EWA, ADA), (ZHA, EWA), (HARU, ADA), (BO, CY)]


def write_workspace(folder: Path) -> Path:
    """Two quarters of exports, settings and all that people write beside them."""
    for quarter, month in (("2026-Q2", "2026-05"), ("2026-Q3", "2026-08")):
        exports = folder / "exports" / quarter
        exports.mkdir(parents=True)
        (exports / "list of Adaeze Quistgard.csv").write_text(_list_projects(), "utf-8")
        _write(exports / "timesheet.csv", _book(month))
        _write(exports / "capacity.csv", _hire(month))
        rated = [(RATER, number, 3) for number in range(1, 6)]
        _write(exports / "leaders.csv", [("Rater", "Question", "Rating"), *rated])
        head = ("Objective ID", "Objective", "Level", "Parent ID", "Owner")
        _write(exports / "objectives.csv", [head, ("O1", f"Grow as {ADA} says", "Aim", "", CY)])
        _write(exports / "readings.csv", _read_metrics(month))
        (exports / "calendar.ics").write_text(_meet(month.replace("-", "")), encoding="utf-8")
    (folder / "portfolio.toml").write_text(_SETTINGS, encoding="utf-8")
    lines = [{"project_id": "x:1", "track": "strategic", "by": REVIEWER, "at": "2026-07-01"}]
    lines = [
        one | {"title": TEXTS[0][0], "by": by, "track": track, "why": f"{by} said so"}
        for one in lines
        for by, track in ((REVIEWER, "strategic"), (DU, "operational"))
    ]
    _write_lines(folder / "decisions.csv", LEDGER_COLUMNS, lines)
    decided = [
        ("decision", "decided_at", "due_date"),
        (f"{BO} stops the pilot; Oyelaran is told", "2026-06-30", "2026-07-31"),
        ("Ask q.handleless@x.example for a plan", "2026-06-30", "2026-08-31"),
    ]
    _write(folder / "review_decisions.csv", decided)
    head = ("metric_id", "project_id", "month", "countermeasure", "owner", "due_date")
    _write(
        folder / "countermeasures.csv",
        [head, ("Share", "", f"{month}-01", f"Värtinen and {ADA} call buyers", DOER, "2026-10-01")],
    )
    return folder


def _list_projects() -> str:
    rows = []
    for place, ((title, text), (owner, sponsor)) in enumerate(zip(TEXTS, OWNERS, strict=True)):
        unit = "North" if place % 2 else "South"
        forum = [f"{BO}'s jour fixe", "Board"][place % 2]
        team, due = f"{CY}'s team", f"2027-{place + 1:02}-01" if place else f"x {BO}"
        budget, risk = 12_000 + 90_000 * place, f"{DU} leaves"
        rows.append(
            [title, text, unit, team, owner, sponsor, "2026-02-01", due, budget, forum]
            + [f"ask {ADA}", risk, "Strategic" if place % 2 else "Improvement"]
        )
    return _to_csv([HEAD.split(","), *rows])


def _book(month: str) -> list[tuple[object, ...]]:
    people = [ADA, BO, CY, DU, BOOKED, HOST, GUEST]
    head = ("Issue Key", "Hours", "Work date", "Full name", "Role")
    return [head, *((_key(0), 40, f"{month}-10", one, f"{one}'s deputy") for one in people)]


def _key(place: int) -> str:
    return TEXTS[place][0]


def _hire(month: str) -> list[tuple[object, ...]]:
    rows = [(one, month, 120, "Manager", "South") for one in (ADA, BO, CY, DU, BOOKED, HOST)]
    return [("Person", "Month", "Available hours", "Level", "Unit"), *rows]


def _read_metrics(month: str) -> list[tuple[object, ...]]:
    head = ("Metric", "Date", "Project", "Value", "Plan", "Unit", "Better when", "Target")
    days = [f"{month}-{day:02}" for day in range(1, 29)]
    return [head, *(("Share", day, _key(1), 4, 9, "%", "higher", 12) for day in days)]


def _meet(month: str) -> str:
    people = "\n".join(
        f"ATTENDEE;PARTSTAT=ACCEPTED;CN={one}:mailto:{one.split()[0].lower()}@x.example"
        for one in (GUEST, ADA)
    )
    meetings = "\n".join(
        f"BEGIN:VEVENT\nUID:{number}-ketilson@x.example\nDTSTART:{month}{number:02}T090000\n"
        f"DTEND:{month}{number:02}T100000\nSUMMARY:{BO} and Ketilson: stock\\, line 4\n"
        f"CATEGORIES:Hallgerd's round\nDESCRIPTION:- Thorbjarnar reports on stock\\n- line 4\n"
        f"ORGANIZER;CN={HOST}:mailto:host@x.example\n{people}\nEND:VEVENT"
        for number in range(3, 13)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{meetings}\nEND:VCALENDAR\n"


def _to_csv(rows: list[list[object]] | list[tuple[object, ...]]) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _write(path: Path, rows: list[tuple[object, ...]]) -> None:
    path.write_text(_to_csv(rows), encoding="utf-8")


def _write_lines(path: Path, head: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    _write(path, [head, *(tuple(row.get(name, "") for name in head) for row in rows)])


_SETTINGS = f"""
[portfolio]
name = "Halden"

[leaders]
show_subjects = true
time_zone = "Europe/Oslo"

[targets.strategic_budget_share]
low = 15
high = 35
because = "{ADA} and the board set it; ask b.unlistedson@x.example"
"""
