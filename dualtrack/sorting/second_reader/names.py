"""Names of a portfolio's people, and where they stand in a text.

Nothing is sent to a second reader before the people it names are taken out. Known are the cells of
owner and sponsor columns, and the people of timesheets, ratings and calendars as long as their
names are held; after that the texts are searched for words whose pseudonym is one of theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

import pandas as pd

from dualtrack.portfolio import Portfolio
from dualtrack.reference import read_reference

__all__ = ["KnownNames", "find_names", "find_spans", "is_common_word", "list_names"]

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s.,_'’\-]{1,3}")  # between two words of one name: `Doe, Jane`, `jane.doe`
_MOST_WORDS = 4  # of a name
_ABBREVIATION = 3  # `ED` in a title is a department, not the owner called Ed
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})

Span = tuple[int, int]


@dataclass(frozen=True)
class KnownNames:
    """Names in the forms they are looked up by, folded: no accents, no case.

    Attributes:
        full: Words of a name in alphabetical order, so that `Doe, Jane` is `Jane Doe`.
        parts: Single words of names; a common word (`power`) counts only with a capital.
        logins: Single words that count however they are written: `jdoe`.
        unspaced: Names in scripts that put no blank between words.
    """

    full: Container[tuple[str, ...]]
    parts: Container[str]
    logins: Container[str]
    unspaced: tuple[str, ...]


def find_names(portfolio: Portfolio, *, pseudonym: Callable[[str], str]) -> KnownNames:
    """Everyone a portfolio knows of.

    Args:
        portfolio: The whole one, not a unit of it: people are named in each other's projects.
        pseudonym: As `records.people.pseudonyms` returns, with the key the portfolio was read with.
    """
    projects = portfolio.projects
    cells = pd.concat([projects["owner"], projects["sponsor"], portfolio.objectives["owner"]])
    columns = [projects[name] for name in ("unit_name", "team_name", "review_forum")]
    groups = {fold(one) for one in pd.concat([*columns, portfolio.reviews["forum"]]).dropna()}
    named = {str(cell) for cell in cells.dropna()} | portfolio.named
    ids = pd.concat(
        [
            portfolio.assignments["person_id"],
            portfolio.capacity["person_id"],
            portfolio.ratings["rater_id"],
        ]
    )
    texts = pd.concat([projects["title"], projects["description"]]).dropna().unique()
    named |= _recognize(texts, frozenset(ids.dropna()), pseudonym)
    return list_names(one for one in named if fold(one) not in groups)


def list_names(cells: Iterable[str]) -> KnownNames:
    """Names in the forms they are looked up by.

    Args:
        cells: Cells of person columns; several names are split, teams are left out.
    """
    full: set[tuple[str, ...]] = set()
    parts: set[str] = set()
    logins: set[str] = set()
    unspaced: set[str] = set()
    for piece in (piece for cell in cells for piece in _split(cell)):
        words = [word for word in _WORD.findall(piece) if not word.isdigit()]
        if _listed("not_people") & {fold(word) for word in words}:
            continue
        known = [w for w in words if len(w) > 1 and fold(w) not in _listed("particles")]
        full |= {tuple(sorted(map(fold, spelled))) for spelled in (words, known)}
        parts |= {spelling for word in known for spelling in _spellings(word)}
        if len(known) == 1 and known[0][0].islower():
            logins |= _spellings(known[0])
        unspaced |= {fold(one) for one in [*known, "".join(words)] if _is_unspaced(one)}
        for one, other in combinations(known, 2):
            for left, right in ((a, b) for a in _spellings(one) for b in _spellings(other)):
                full |= {_pair(left, right), _pair(left[0], right), _pair(left, right[0])}
                logins |= {left[0] + right, right[0] + left, left + right, right + left}
    return KnownNames(
        frozenset(words for words in full if 1 < len(words) <= _MOST_WORDS),
        frozenset(parts),
        frozenset(logins - _listed("common_words")),
        tuple(sorted(unspaced)),
    )


def find_spans(text: str, names: KnownNames) -> list[Span]:
    """Where a text names someone known.

    Args:
        text: A cell.
        names: As `find_names` returns.

    Returns:
        Start and end of each place, unordered, perhaps overlapping.
    """
    folded, places = _fold_in_place(text)
    found = [match.span() for match in _WORD.finditer(folded)]
    words = [folded[start:end] for start, end in found]
    spans = [
        span
        for span, word in zip(found, words, strict=True)
        if word in names.logins or _is_part(text[places[span[0]] : places[span[1] - 1] + 1], names)
    ]
    for first, last in _windows(folded, found):
        start, end = found[first][0], found[last][1]
        if tuple(sorted(words[first : last + 1])) in names.full and not _is_chance(
            text[places[start] : places[end - 1] + 1], words[first : last + 1]
        ):
            spans.append((start, end))
    for name in names.unspaced:
        spans += [match.span() for match in re.finditer(re.escape(name), folded)]
    return [(places[start], _with_marks(text, places[end - 1] + 1)) for start, end in spans]


def is_common_word(word: str) -> bool:
    """Whether a word means something besides being a name: `power`, `stone`."""
    return fold(word) in _listed("common_words")


def fold(text: str) -> str:
    """Text without case and accents."""
    return _fold_in_place(text)[0]


def _fold_in_place(text: str) -> tuple[str, list[int]]:
    """Folded text, and for each of its characters the place it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _fold_character(character)
        letters.append(plain)
        places += [place] * len(plain)
    return "".join(letters), places


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    apart = unicodedata.normalize("NFKD", character.casefold())
    return "".join(one for one in apart if not unicodedata.combining(one)).translate(_LETTERS)


def _with_marks(text: str, end: int) -> int:
    """The end moved past accents written as characters of their own."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _is_part(word: str, names: KnownNames) -> bool:
    plain = fold(word)
    if word[0].islower():
        return plain in names.parts and plain not in _listed("common_words")
    is_abbreviation = word.isascii() and word.isupper() and len(word) <= _ABBREVIATION
    of_someone = plain.removesuffix("s") if len(plain) > _ABBREVIATION + 2 else plain
    return not is_abbreviation and (plain in names.parts or of_someone in names.parts)


def _is_chance(passage: str, words: list[str]) -> bool:
    """Whether `a power` only looks like the initial and surname of Anna Power."""
    has_initial = any(len(word) == 1 for word in words)
    is_joined = any(sign in passage for sign in "._-,")
    has_small_letter = any(word[0].islower() for word in _WORD.findall(passage))
    return has_initial and has_small_letter and not is_joined


def _is_unspaced(word: str) -> bool:
    """Written in a script without capitals, where names may stand without blanks around them."""
    return len(word) > 1 and not any(one.isupper() or one.islower() for one in word)


def _windows(text: str, found: list[Span], least: int = 2) -> Iterator[Span]:
    """First and last of up to four words that stand close together."""
    for first in range(len(found)):
        for last in range(first, min(first + _MOST_WORDS, len(found))):
            if last > first and not _GAP.fullmatch(text, found[last - 1][1], found[last][0]):
                break
            if last - first + 1 >= least:
                yield first, last


def _recognize(
    texts: Iterable[str], person_ids: frozenset[str], pseudonym: Callable[[str], str]
) -> set[str]:
    """Words of the texts, written as names are, whose pseudonym is a known one."""
    if not person_ids:
        return set()
    is_known = lru_cache(maxsize=100_000)(lambda name: pseudonym(name) in person_ids)
    named: set[str] = set()
    for text in texts:
        found = [match.span() for match in _WORD.finditer(text)]
        for first, last in _windows(text, found, 1):
            start, end = found[first][0], found[last][1]
            if text[start].islower() or text[found[last][0]].islower():
                continue
            words = [text[left:right] for left, right in found[first : last + 1]]
            forms = {text[start:end], " ".join(words), " ".join([words[-1], *words[:-1]])}
            forms |= {f"{words[-1]}, {' '.join(words[:-1])}"}
            named |= {one for one in forms if is_known(one)}
    return named


def _split(cell: str) -> list[str]:
    """Names of a cell; of an address only what stands before the @, O'Neill also as ONeill."""
    plain = unicodedata.normalize("NFC", cell)
    plain = re.sub(r"[(\[][^)\]]*[)\]]|@[\w.-]+", " ", plain)
    pieces = re.split(r"[;/&|\n<>]|\s[-–—]\s", plain)
    apart = [part for piece in pieces for part in piece.split(",")]  # `Jane Doe, Site Manager`
    joined = [re.sub(r"['’]", "", piece) for piece in pieces]
    return list(dict.fromkeys(piece.strip() for piece in (*pieces, *apart, *joined)))


def _spellings(word: str) -> set[str]:
    """`Müller` is written muller and mueller, and the other way round."""
    plain = fold(word)
    short = plain.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    return {plain, fold(word.casefold().translate(_UMLAUTS))} | (
        {short} if len(short) > 3 else set()
    )


def _pair(one: str, other: str) -> tuple[str, ...]:
    return tuple(sorted((one, other)))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in read_reference("second_reader.toml")[name])
