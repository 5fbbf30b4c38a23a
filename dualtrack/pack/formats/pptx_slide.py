"""Slides of a deck: their layout, title, foot line and notes, plain or in a company's template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from dualtrack.errors import PackError
from dualtrack.pack.document import PackCover
from dualtrack.pack.formats.look import ACCENT, INK, MUTED, clean_text, document_date

__all__ = ["EMU", "Area", "Deck"]

EMU = 914_400  # PowerPoint's units in an inch
_WIDE, _HIGH = 13.333, 7.5  # inches, 16:9
_LONGEST_PROPERTY = 250  # letters; 255 is the most an office file may hold
_LONGEST_FOOT = 150  # letters a foot line has room for
_SIDE, _FOOT = 0.5, 0.45  # inches left and right, and for the foot line
# Letters a title may have, and the size it is then set in.
_TITLE_SIZES = ((70, 26), (120, 22), (190, 18), (10_000, 14))


@dataclass(frozen=True)
class Area:
    """A rectangle on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float

    def emu(self) -> tuple[int, int, int, int]:
        """In PowerPoint's units."""
        left, top, width, height = (
            round(one * EMU) for one in (self.left, self.top, self.width, self.height)
        )
        return left, top, width, height

    def part(self, start: float, share: float) -> Area:
        """A band of its height."""
        return replace(self, top=self.top + start * self.height, height=share * self.height)

    def column(self, start: int, count: int, parts: int) -> Area:
        """Some of its columns of equal width."""
        own = self.width / parts
        return replace(self, left=self.left + start * own, width=count * own - 0.15)

    def less(self, bottom: float, *, top: float = 0.0) -> Area:
        """Without some inches at its ends."""
        return replace(self, top=self.top + top, height=self.height - bottom - top)

    def last(self, height: float) -> Area:
        """Its last inches."""
        return replace(self, top=self.top + self.height - height, height=height)

    def below(self, inches: float) -> Area:
        """The same, further down."""
        return replace(self, top=self.top + inches)


class Deck:
    """A deck while it is written."""

    def __init__(self, cover: PackCover, template: Path | None) -> None:
        # Imported when used: it is slow to load, and most commands write no slides.
        from pptx import Presentation

        self.cover, self.has_template = cover, template is not None
        self.file: Any
        try:
            self.file = Presentation(str(template) if template else None)
        except Exception as fault:  # whatever a file that is no deck makes it raise
            raise PackError(
                f"{template}: not a slide deck ({type(fault).__name__}). Give a .pptx file as "
                f"template under [pack], saved by PowerPoint or LibreOffice."
            ) from fault
        if not template:
            self.file.slide_width = round(_WIDE * EMU)
            self.file.slide_height = round(_HIGH * EMU)
        self._drop_slides()
        self._set_properties()

    @property
    def width(self) -> float:
        """Of a slide, inches."""
        return float(self.file.slide_width / EMU)

    @property
    def height(self) -> float:
        """Of a slide, inches."""
        return float(self.file.slide_height / EMU)

    def add_slide(self, title: str, *, section: str = "", is_cover: bool = False) -> Any:
        """A slide with its title, section and foot line."""
        slide = self.file.slides.add_slide(self._layout())
        head = slide.shapes.title
        if not self.has_template:
            top = 1.6 if is_cover else 0.55
            head.left, head.top, head.width, head.height = Area(
                _SIDE, top, self.width - 2 * _SIDE, 0.85
            ).emu()
        self._fill_title(head, title, is_cover=is_cover)
        if section and section != title and not self.has_template:
            place = Area(_SIDE, 0.25 if not is_cover else 1.2, self.width - 2 * _SIDE, 0.3)
            self.add_text(slide, section, place, size=11, color=ACCENT, is_bold=True)
        for one in list(slide.placeholders):
            if one.placeholder_format.idx != head.placeholder_format.idx:
                one._element.getparent().remove(one._element)
        self._add_foot(slide)
        return slide

    def area(self, slide: Any) -> Area:
        """What a slide has left between its title and its foot line."""
        head = slide.shapes.title
        top = (head.top + head.height) / EMU + 0.15
        return Area(_SIDE, top, self.width - 2 * _SIDE, self.height - top - _FOOT - 0.1)

    def table_area(self) -> Area:
        """The area of a slide with a table, before there is one."""
        return Area(_SIDE, 1.55, self.width - 2 * _SIDE, self.height - 1.55 - _FOOT - 0.6)

    def add_text(
        self,
        slide: Any,
        text: str,
        area: Area,
        *,
        size: float,
        color: str,
        is_bold: bool = False,
        more: str = "",
    ) -> Any:
        """A text box.

        Args:
            slide: Where.
            text: What.
            area: Its place.
            size: Points.
            color: Six hexadecimal digits.
            is_bold: In bold type.
            more: A second paragraph, smaller and muted.
        """
        from pptx.dml.color import RGBColor
        from pptx.util import Pt

        box = slide.shapes.add_textbox(*area.emu())
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        lines = [(text, size, color, is_bold)]
        lines += [(more, size - 4, MUTED, False)] if more else []
        for number, (line, points, shade, bold) in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            run = paragraph.add_run()
            run.text = clean_text(line)
            run.font.size, run.font.bold = Pt(points), bold
            run.font.color.rgb = RGBColor.from_string(shade)
        return box

    def add_notes(self, slide: Any, lines: list[str]) -> None:
        """What the speaker sees."""
        slide.notes_slide.notes_text_frame.text = clean_text("\n".join(lines))

    def save(self, buffer: IO[bytes]) -> None:
        """Write the deck."""
        self.file.save(buffer)

    def _fill_title(self, head: Any, title: str, *, is_cover: bool) -> None:
        from pptx.dml.color import RGBColor
        from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
        from pptx.util import Pt

        head.text_frame.text = clean_text(title)
        head.text_frame.word_wrap = True
        size = next(points for most, points in _TITLE_SIZES if len(title) <= most)
        run = head.text_frame.paragraphs[0]
        run.font.size = Pt(size + 10 if is_cover and size > 20 else size)
        if not self.has_template:
            head.text_frame.vertical_anchor = MSO_ANCHOR.TOP
            head.text_frame.margin_left = head.text_frame.margin_top = 0
            run.alignment, run.font.bold = PP_ALIGN.LEFT, True
            run.font.color.rgb = RGBColor.from_string(INK)

    def _add_foot(self, slide: Any) -> None:
        cover = self.cover
        place = Area(_SIDE, self.height - _FOOT, self.width - 2 * _SIDE, 0.3)
        words = f"{cover.confidentiality} · {cover.stamp}"
        if len(words) > _LONGEST_FOOT:  # the notes hold all of it
            words = f"{words[:_LONGEST_FOOT]}…"
        words += " · "
        box = self.add_text(slide, words, place, size=9, color=MUTED)
        _add_page_number(box.text_frame.paragraphs[0])

    def _layout(self) -> Any:
        """The layout with a title and the fewest other places."""

        def others(layout: Any) -> tuple[bool, int]:
            kinds = [one.placeholder_format.type for one in layout.placeholders]
            titles = [kind for kind in kinds if kind is not None and int(kind) == 1]
            return not titles, len(kinds)

        return min(self.file.slide_layouts, key=others)

    def _drop_slides(self) -> None:
        slides = self.file.slides._sldIdLst
        for one in list(slides):
            self.file.part.drop_rel(one.rId)
            slides.remove(one)

    def _set_properties(self) -> None:
        about, at = self.file.core_properties, document_date(self.cover.as_of)
        about.title = clean_text(self.cover.title)[:_LONGEST_PROPERTY]
        about.comments = clean_text(self.cover.confidentiality)[:_LONGEST_PROPERTY]
        about.author = about.last_modified_by = about.subject = about.keywords = ""
        about.created = about.modified = at
        about.revision = 1


def _add_page_number(paragraph: Any) -> None:
    from lxml import etree

    run = paragraph._p.r_lst[0]
    field = etree.SubElement(paragraph._p, f"{{{paragraph._p.nsmap['a']}}}fld")
    field.set("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}")
    field.set("type", "slidenum")
    field.append(etree.fromstring(etree.tostring(run.rPr)))
    etree.SubElement(field, f"{{{paragraph._p.nsmap['a']}}}t").text = "‹#›"
