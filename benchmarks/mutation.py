"""Mutation testing: which mutants are tried, what the score is, and what survived.

Run by hand, as docs/mutation.md says: mutmut makes the mutants and runs the tests; this draws a
seeded sample of them and counts. `draw` prints the sample's names, `score` a row a room,
`survivors` the changes no test noticed.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from dualtrack.sorting.intervals import stratified_wilson

MADE = Path("mutants")
ALIKE = Path(__file__).with_name("mutation_alike.csv")
SEED = 10
LEAST = 3  # mutants of a file, however small
# Of all there are, how many are tried in each room: by the names of its files.
ROOMS = {
    "control": "dualtrack/analyses/",
    "records": "dualtrack/records/",
    "sorting": "dualtrack/sorting/",
}
SIZES = {"control": 60, "records": 50, "sorting": 120}
SURVIVED = {0, 5, 33}  # 5 and 33: no test reaches the function
TIMED_OUT = {24, -24, 36, 152, 255}  # counted as killed: the change never ended


HEADING = """\
| room | mutants | tried | killed | never ending | alike | killed of tried | score | 90 % interval |
|---|---|---|---|---|---|---|---|---|"""


def read_results(room: str) -> dict[str, dict[str, int | None]]:
    """Exit code of each mutant by file; None for one not yet tried."""
    found = {}
    for path in sorted(MADE.glob(f"{ROOMS[room]}**/*.py.meta")):
        codes = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        if codes:
            found[str(path.relative_to(MADE))[: -len(".meta")]] = codes
    return found


def draw_mutants(room: str, size: int, seed: int) -> dict[str, list[str]]:
    """The sample: by file in proportion to its mutants, some of every file."""
    results = read_results(room)
    every = sum(map(len, results.values()))
    drawn = {}
    for path, codes in results.items():
        count = min(len(codes), max(LEAST, round(size * len(codes) / every)))
        drawn[path] = random.Random(f"{seed}:{path}").sample(sorted(codes), count)
    return drawn


def read_alike() -> dict[str, str]:
    """Mutants that do what the code does, read one by one, each with its reason."""
    if not ALIKE.is_file():
        return {}
    with ALIKE.open(encoding="utf-8", newline="") as file:
        return {row["mutant"]: row["reason"] for row in csv.DictReader(file)}


def score_room(room: str, size: int, seed: int) -> str:
    """A row, its cells as in `HEADING`."""
    results, alike = read_results(room), read_alike()
    cells, shares, counts, weights = [0, 0, 0, 0], [], [], []
    for path, names in draw_mutants(room, size, seed).items():
        codes = results[path]
        tried = [name for name in names if codes[name] is not None]
        killed = [name for name in tried if codes[name] not in SURVIVED]
        judged = [name for name in tried if name in killed or name not in alike]
        slow = [name for name in tried if codes[name] in TIMED_OUT]
        for place, part in enumerate((tried, killed, slow, [n for n in tried if n not in judged])):
            cells[place] += len(part)
        if judged:
            shares.append(len(killed) / len(judged))
            # A file of which all were tried has no error of sampling.
            counts.append(len(judged) / max(1 - len(tried) / len(codes), 1e-9))
            weights.append(float(len(codes)))
    if not weights:
        return f"| {room} | nothing tried |"
    weight = np.array(weights) / sum(weights)
    low, high = stratified_wilson(np.array(shares), np.array(counts), weight)
    tried_count, killed_count, slow_count, alike_count = cells
    share = float(weight @ np.array(shares))
    every = sum(map(len, results.values()))
    return (
        f"| {room} | {every} | {tried_count} | {killed_count} | {slow_count} | {alike_count} "
        f"| {killed_count / tried_count:.0%} | {share:.1%} | {low:.1%} to {high:.1%} |"
    )


def list_survivors(room: str, size: int, seed: int) -> Iterator[str]:
    """Names and changes of drawn mutants that no test noticed and nobody has read."""
    from mutmut.mutation.diff_apply import get_diff_for_mutant

    results, alike = read_results(room), read_alike()
    for path, names in draw_mutants(room, size, seed).items():
        for name in sorted(names):
            code = results[path][name]
            if code in SURVIVED and name not in alike:
                lines = get_diff_for_mutant(name, path=Path(path)).splitlines()
                changed = [line for line in lines[2:] if line[:1] in "+-" or line[:2] == "@@"]
                yield "\n".join([f"{name} ({'no test' if code else 'survived'})", *changed])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("what", choices=["draw", "score", "survivors"])
    asked.add_argument("rooms", nargs="*", default=list(ROOMS))
    asked.add_argument("--seed", type=int, default=SEED, help="another draws other mutants")
    asked.add_argument("--all", action="store_true", help="every mutant, not a sample")
    options = asked.parse_args()
    if options.what == "score":
        print(HEADING)
    for room in options.rooms:
        size = 10**9 if options.all else SIZES[room]
        if options.what == "draw":
            drawn = draw_mutants(room, size, options.seed)
            print(*(name for names in drawn.values() for name in names))
        elif options.what == "score":
            print(score_room(room, size, options.seed))
        else:
            print(*list_survivors(room, size, options.seed), sep="\n\n")


if __name__ == "__main__":
    main()
