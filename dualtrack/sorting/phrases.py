"""All phrases of the criteria, looked up by how they begin: one pass over the words of a text.

Most phrases begin with three letters that are always there; they are tried only where a word begins
so. The few others are tried one criterion after the other, and only in texts that show any of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["PhraseIndex", "index_phrases", "lower_text"]

_WORD_START = r"(?<![^\W_])"
_THREE_LETTERS = re.compile(_WORD_START + r"[^\W\d_]{3}")
_FIXED_START = re.compile(r"[^\W\d_]{3}(?![?*{])")

_Phrase = re.Pattern[str]


@dataclass(frozen=True)
class PhraseIndex:
    """Compiled phrases.

    Attributes:
        by_start: Three letters to the phrases that begin with them: criterion_id, expression.
        others: criterion_id to one expression of its other phrases.
        any_other: An expression of all the others.
    """

    by_start: dict[str, tuple[tuple[str, _Phrase], ...]]
    others: dict[str, _Phrase]
    any_other: _Phrase

    def find(self, text: str) -> dict[str, tuple[int, int]]:
        """The first place where each criterion is shown: criterion_id to first and last character.

        Args:
            text: Any text; where a phrase begins, a word must begin.
        """
        lowered = lower_text(text)
        found: dict[str, tuple[int, int]] = {}
        for word in _THREE_LETTERS.finditer(lowered):
            for criterion_id, phrase in self.by_start.get(word[0], ()):
                if criterion_id not in found and (hit := phrase.match(lowered, word.start())):
                    found[criterion_id] = hit.span()
        if self.any_other.search(lowered):
            for criterion_id, phrase in self.others.items():
                hit = phrase.search(lowered)
                if hit and hit.start() < found.get(criterion_id, (len(text), 0))[0]:
                    found[criterion_id] = hit.span()
        return found


def index_phrases(phrases: dict[str, tuple[str, ...]]) -> PhraseIndex:
    """Compile phrases.

    Args:
        phrases: criterion_id to expressions; upper and lower case mean the same.

    Raises:
        re.error: An expression is wrong.
    """
    by_start: dict[str, list[tuple[str, _Phrase]]] = {}
    others: dict[str, list[str]] = {}
    for criterion_id, expressions in phrases.items():
        for expression in map(_lower_literals, expressions):
            start = _FIXED_START.match(expression)
            if start and not _has_choice(expression):
                by_start.setdefault(start[0], []).append((criterion_id, re.compile(expression)))
            else:
                others.setdefault(criterion_id, []).append(expression)
    joined = {name: _join(expressions) for name, expressions in others.items()}
    return PhraseIndex(
        {start: tuple(known) for start, known in by_start.items()},
        {name: re.compile(expression) for name, expression in joined.items()},
        re.compile("|".join(joined.values()) or r"(?!)"),
    )


def lower_text(text: str) -> str:
    """The text in lower case, every character in its place (one that would grow stays)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := one.lower()) == 1 else one for one in text)


def _lower_literals(expression: str) -> str:
    r"""The expression with its letters in lower case; escapes such as `\W` stay."""
    return re.sub(r"\\.|.", lambda one: one[0] if one[0][0] == "\\" else one[0].lower(), expression)


def _has_choice(expression: str) -> bool:
    """Whether it is a choice as a whole, `a|b` outside all brackets."""
    depth = 0
    for part in re.findall(r"\\.|\[[^\]]*\]|.", expression):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            return True
    return False


def _join(expressions: list[str]) -> str:
    """One expression for several; each starts at the start of a word."""
    return _WORD_START + "(?:" + "|".join(f"(?:{one})" for one in expressions) + ")"
