"""A pack as PowerPoint: native tables and charts, drawings that stay sharp, notes, alt texts.

What does not fit a slide goes on with the next one.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from dualtrack.pack.document import Pack, Shown
from dualtrack.pack.formats.fixed_zip import fix_zip
from dualtrack.pack.formats.look import INK, MUTED, chart_title, document_date
from dualtrack.pack.formats.pptx_chart import add_chart
from dualtrack.pack.formats.pptx_picture import add_drawing
from dualtrack.pack.formats.pptx_slide import Deck
from dualtrack.pack.formats.pptx_table import add_table, split_rows
from dualtrack.pack.numbers import Numbers

__all__ = ["write_pptx"]

_MOST_SLIDES = 4  # of one table; what is left out is said, and is in the workbook
_MOST_DECISIONS = 5  # on a slide
_LONGEST_READING = 420  # letters under a figure; all of it is in the notes
_SMALL = (6, 9)  # columns and rows of a table that stands beside its chart
_MOST_FINDINGS = 3  # told in words, on one slide
_FACTS = 7  # beside each other on the cover


def write_pptx(pack: Pack, path: Path, *, template: Path | None = None) -> None:
    """Write a pack as a slide deck.

    Args:
        pack: The pack.
        path: File to write.
        template: A company's own deck: its master, layouts and size are used; None for a plain one.

    Raises:
        PackError: The template is no slide deck.
    """
    deck = Deck(pack.cover, template)
    _add_cover(deck, pack)
    for group in _group_words([one for page in pack.pages for one in pack.presented_on(page)]):
        one = group[0]
        if one.block.kind == "figure":
            _add_figure(deck, one)
        elif one.block.decisions:
            _add_decisions(deck, one)
        elif not _is_words(one) and one.block.numbers:
            _add_numbers(deck, one, one.block.numbers)
        elif one.section or one.block.key:
            _add_words(deck, group)
    buffer = io.BytesIO()
    deck.save(buffer)
    path.write_bytes(fix_zip(buffer.getvalue(), at=document_date(pack.cover.as_of)))


def _is_words(one: Shown) -> bool:
    """True for what is told in words alone, a table without rows among it."""
    block = one.block
    has_rows = block.numbers is not None and bool(block.numbers.rows)
    return (
        block.kind != "figure" and not block.decisions and not (block.kind == "table" and has_rows)
    )


def _group_words(shown: list[Shown]) -> list[list[Shown]]:
    """Findings told in words that follow each other, a few to a slide; all else for itself."""
    groups: list[list[Shown]] = []
    for one in shown:
        before = groups[-1][-1] if groups else None
        is_more = before is not None and _is_words(before) and _is_words(one) and one.block.key
        is_near = before is not None and (before.page, bool(before.block.key)) == (one.page, True)
        if is_more and is_near and len(groups[-1]) < _MOST_FINDINGS:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _add_cover(deck: Deck, pack: Pack) -> None:
    cover = pack.cover
    slide = deck.add_slide(cover.title, section=cover.confidentiality, is_cover=True)
    area = deck.area(slide)
    about = f"{cover.portfolio} · exports as of {cover.as_of} · {cover.filter}"
    deck.add_text(slide, about, area.part(0.0, 0.12), size=16, color=MUTED)
    facts = {name: str(fact) for page in pack.pages for name, fact in page.facts.items()}
    facts.pop("decision_count", None)
    shown = list(facts.items())[:_FACTS]
    parts = [max(6, len(text), len(name) // 2) for name, text in shown]
    left = 0
    for (name, text), part in zip(shown, parts, strict=True):
        place = area.part(0.25, 0.2).column(left, part, sum(parts))
        deck.add_text(slide, name, place, size=12, color=MUTED)
        deck.add_text(slide, text, place.below(0.3), size=22, color=INK, is_bold=True)
        left += part
    deck.add_notes(slide, [cover.stamp, f"Made {cover.made_at}."])


def _add_figure(deck: Deck, one: Shown) -> None:
    block = one.block
    slide = deck.add_slide(one.title, section=one.section)
    area = deck.area(slide)
    reading = _shorten(" ".join(part for part in (one.lead, block.reading) if part))
    height = 0.15 + 0.2 * (1 + len(reading) // 165) if reading else 0.0  # inches
    add_drawing(slide, block.svg, area.less(height), alt=f"{block.title}. {block.alt}")
    if reading:
        deck.add_text(slide, reading, area.last(height), size=11, color=MUTED)
    deck.add_notes(slide, _evidence(deck, one))


def _add_numbers(deck: Deck, one: Shown, numbers: Numbers) -> None:
    is_small = len(numbers.columns) <= _SMALL[0] and len(numbers.rows) <= _SMALL[1]
    has_chart = bool(numbers.drawn_rows())
    # Under a figure, whose finding stands on the slide before.
    title = one.title if one.block.title else f"{one.section or one.title}: the numbers"
    if has_chart:
        head = title if is_small or one.block.title else f"{one.section}: {_small_first(numbers)}"
        slide = deck.add_slide(head, section=one.page)
        area = deck.area(slide)
        add_chart(slide, numbers, area.column(0, 6, 11) if is_small else area)
        if is_small:
            place = area.column(6, 5, 11).less(0, top=0.4)
            add_table(slide, numbers, range(len(numbers.rows)), place, alt=_table_alt(one))
        deck.add_notes(slide, _evidence(deck, one))
        if is_small:
            return
    pages = split_rows(numbers, deck.table_area())
    if len(pages) > 1 and not one.block.title:
        return  # what a figure rests on, too long for a slide: it is in the page and the workbook
    shown = pages[:_MOST_SLIDES]
    for number, rows in enumerate(shown, start=1):
        count = f" ({number} of {len(shown)})" if len(shown) > 1 else ""
        slide = deck.add_slide(title + count, section=one.page)
        area = deck.area(slide)
        add_table(slide, numbers, rows, area.less(0.45), alt=_table_alt(one))
        left = len(numbers.rows) - rows.stop
        words = one.block.reading
        if number == len(shown) and left:
            words = f"{left:,} more rows are in the page and the workbook. {words}".strip()
        deck.add_text(slide, _shorten(words), area.last(0.4), size=10, color=MUTED)
        deck.add_notes(slide, _evidence(deck, one))


def _small_first(numbers: Numbers) -> str:
    title = chart_title(numbers)
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _table_alt(one: Shown) -> str:
    numbers = one.block.numbers
    heads = ", ".join(column.heading for column in numbers.columns) if numbers else ""
    return f"Table: {one.title}. Columns: {heads}."


def _add_decisions(deck: Deck, one: Shown) -> None:
    asked = one.block.decisions
    pages = [asked[at : at + _MOST_DECISIONS] for at in range(0, len(asked), _MOST_DECISIONS)]
    for number, part in enumerate(pages):
        count = f" ({number + 1} of {len(pages)})" if len(pages) > 1 else ""
        slide = deck.add_slide((one.title or "What to decide") + count, section=one.page)
        area = deck.area(slide)
        for place, (decision, because) in enumerate(part):
            row = area.part(place / _MOST_DECISIONS, 1 / _MOST_DECISIONS)
            words = f"{number * _MOST_DECISIONS + place + 1}  {decision}"
            deck.add_text(slide, words, row, size=17, color=INK, is_bold=True, more=because)
        deck.add_notes(slide, _evidence(deck, one))


def _add_words(deck: Deck, group: list[Shown]) -> None:
    one = group[0]
    if len(group) == 1:
        above = one.section if one.section != one.title else one.page
        slide = deck.add_slide(one.title, section=above)
        deck.add_text(slide, _words(one), deck.area(slide), size=20, color=INK)
        deck.add_notes(slide, _evidence(deck, one))
        return
    sections = {each.section for each in group}
    is_one = len(sections) == 1 and one.section
    slide = deck.add_slide(
        one.section if is_one else one.page, section=one.page if is_one else one.section
    )
    area = deck.area(slide)
    for place, each in enumerate(group):
        row = area.part(place / _MOST_FINDINGS, 1 / _MOST_FINDINGS)
        deck.add_text(
            slide, each.title, row, size=17, color=INK, is_bold=True, more=_shorten(_words(each))
        )
    deck.add_notes(
        slide, [line for each in group for line in (each.title, *_told(each))] + [deck.cover.stamp]
    )


def _words(one: Shown) -> str:
    empty = "Nothing to show: no row meets the condition." if one.block.kind == "table" else ""
    return " ".join(part for part in (empty, one.lead, one.block.reading) if part)


def _evidence(deck: Deck, one: Shown) -> list[str]:
    """What a speaker can say when asked: the whole reading, what is seen, where it is from."""
    return [*_told(one), deck.cover.stamp]


def _told(one: Shown) -> list[str]:
    return [part for part in (one.lead, one.block.reading, one.block.alt) if part]


def _shorten(text: str) -> str:
    """Whole sentences up to what fits; the notes hold the rest."""
    if len(text) <= _LONGEST_READING:
        return text
    kept = ""
    for sentence in re.split(r"(?<=[.;]) ", text):
        if len(kept) + len(sentence) > _LONGEST_READING:
            break
        kept = f"{kept} {sentence}".strip()
    kept = kept or text[:_LONGEST_READING].rsplit(" ", 1)[0]
    return f"{kept.rstrip('.;')}. More in the notes."
