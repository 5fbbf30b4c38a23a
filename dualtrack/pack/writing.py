"""What a quarter's folder shows: the formats of each pack, the index, the manifest."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from dualtrack.errors import PackError, is_storage_fault, tell_fault
from dualtrack.pack.batch import PackResult
from dualtrack.pack.cards import make_cards
from dualtrack.pack.certificate import Certificate, PackContent, certify, known_projects
from dualtrack.pack.changes import PackChanges, measure_changes, show_changes
from dualtrack.pack.definitions import list_definitions
from dualtrack.pack.document import Pack, PackCover, name_apart
from dualtrack.pack.file_names import list_links
from dualtrack.pack.files import remove_files, write_formats
from dualtrack.pack.front import list_attention, list_provenance
from dualtrack.pack.html import render_index
from dualtrack.pack.manifest import hash_folder, make_manifest, write_manifest
from dualtrack.pack.numbers import pick_numbers
from dualtrack.pack.pages import Page, read_page
from dualtrack.pack.plan import QuarterPlan
from dualtrack.portfolio import Portfolio

__all__ = ["PackWriter"]

log = logging.getLogger(__name__)

# Of an issue, without the cell it was found in: that may name a person.
_ISSUE_COLUMNS = (
    "severity_type",
    "rule_name",
    "table_name",
    "column_name",
    "project_id",
    "source_file",
    "source_row",
    "message",
)
_SOURCE_COLUMNS = ("source_file", "source_tool", "row_count", "sha256")


class PackWriter:
    """Writes into one quarter's work folder."""

    def __init__(self, plan: QuarterPlan, portfolio: Portfolio, work: Path) -> None:
        self.plan, self.portfolio, self.work = plan, portfolio, work
        self.definitions = list_definitions(plan.settings)
        self._snapshot = hash_folder(work / "snapshot")
        self._pages: dict[str, tuple[Page, ...]] = {}
        self._sources = pick_numbers(portfolio.sources[list(_SOURCE_COLUMNS)])

    def write_pack(self, result: PackResult) -> PackResult:
        """Write a pack from its executed notebooks in every format; a failed pack has none.

        Args:
            result: A job that was run, or kept from an earlier run: then only formats it lacks.

        Returns:
            The result with its files, their checksums, and the time they tell.
        """
        if result.error:
            return result
        made_at = result.made_at or self.plan.made_at.get(result.job.name) or _now()
        slug = result.job.slug
        try:
            pack = self._pack(result, made_at)
            files = write_formats(
                pack,
                slug,
                self.work,
                formats=self.plan.formats,
                there=result.files,
                template=self.plan.template,
            )
        except Exception as fault:  # a pack that cannot be written must not stop the others
            refused = _refused(fault)
            if isinstance(refused, OSError) and is_storage_fault(refused):
                raise refused from fault  # the others could not be written either
            if refused is not None:
                words = tell_fault(refused)
            else:
                words = str(fault)
                log.exception("%s was not written", result.job.name)
            remove_files(slug, self.work)
            return replace(result, error=f"its files were not written: {words}", files={})
        return replace(
            result,
            made_at=made_at,
            sha256=files[f"{slug}.html"],
            run_sha256=hash_folder(self.work / "notebooks" / slug),
            files=files,
        )

    def write_front(self, results: Sequence[PackResult], ingest: Sequence[Path]) -> Certificate:
        """Write the index and the manifest.

        Args:
            results: A result per pack, kept ones too.
            ingest: Executed notebooks that left the snapshot.

        Returns:
            Whether the packs hold together.
        """
        settings = self.plan.settings
        made_at = self.plan.made_at.get("") or _now()
        made = [one for one in results if not one.error]
        packs = {one.job.slug: self._pack(one, one.made_at) for one in made}
        sorting = pd.read_parquet(self.work / "snapshot" / "sorting.parquet")
        certificate = certify(
            [_content(one, packs[one.job.slug]) for one in made],
            self.portfolio.projects,
            sorting,
            known=known_projects(self.work / "snapshot", self.portfolio.projects),
        )
        cards = make_cards(
            [
                (packs[one.job.slug], list_links(one.job.slug, one.files), self._sentence(one))
                for one in made
            ]
        )
        changes = next((one for result in made if (one := self._changes(result))), None)
        once = tuple(read_page(path) for path in ingest)
        cover = self._cover(settings.portfolio.name, "", made_at)
        index = render_index(
            results,
            cards,
            {one.job.slug: self._facts(one) for one in made},
            once,
            cover,
            attention=list_attention(self.portfolio, certificate, changes),
            provenance=list_provenance(self.plan, self.portfolio, certificate, self._snapshot),
        )
        (self.work / "index.html").write_text(index, encoding="utf-8")
        manifest = make_manifest(
            self.work,
            results,
            self.portfolio.sources,
            self.portfolio.row_outcomes,
            quarter=str(self.plan.quarter),
            as_of_date=self.portfolio.as_of_date,
            made_at=made_at,
            settings_sha256=hashlib.sha256(
                settings.model_dump_json(exclude={"root"}).encode()
            ).hexdigest(),
            notebooks=[*self.plan.ingest_notebooks, *self.plan.pack_notebooks],
            inputs=self.plan.inputs,
            definitions=self.definitions,
            told={one.job.slug: (self._facts(one), self._sums(one)) for one in made},
            certificate=certificate.to_json(),
        )
        write_manifest(manifest, self.work / "manifest.json")
        return certificate

    def _pack(self, result: PackResult, made_at: str) -> Pack:
        unit = str(result.job.parameters.get("unit_name", ""))
        pages = list(self._read(result))
        for page in pages:
            if str(page.parameters.get("unit_name", unit)) != unit:
                raise PackError(
                    f"{page.title}: run for {page.parameters['unit_name']!r}, not for {unit!r}."
                )
        changes = self._changes(result)
        if changes is not None:
            pages.insert(1, show_changes(changes))
        issues = self.portfolio.for_unit(unit).issues[list(_ISSUE_COLUMNS)]
        cover = self._cover(result.job.name, unit, made_at)
        return Pack(cover, name_apart(pages), self._sources, pick_numbers(issues))

    def _read(self, result: PackResult) -> tuple[Page, ...]:
        if result.job.slug not in self._pages:
            pages = tuple(read_page(output) for _, output in result.job.runs)
            self._pages[result.job.slug] = pages
        return self._pages[result.job.slug]

    def _facts(self, result: PackResult) -> dict[str, Any]:
        return {
            name: fact
            for page in self._read(result)
            for name, fact in page.facts.items()
            if name != "decision_count"
        }

    def _sums(self, result: PackResult) -> tuple[tuple[str, str, float], ...]:
        return tuple(
            one for page in self._read(result) for block in page.blocks for one in block.sums
        )

    def _changes(self, result: PackResult) -> PackChanges | None:
        return measure_changes(
            self.plan.issued,
            result.job.name,
            quarter=str(self.plan.quarter),
            definitions=self.definitions,
            facts=self._facts(result),
            sums=self._sums(result),
            currency=self.portfolio.currency,
        )

    def _sentence(self, result: PackResult) -> str:
        changes = self._changes(result)
        return changes.sentence if changes else ""

    def _cover(self, scope: str, unit: str, made_at: str) -> PackCover:
        settings, own = self.plan.settings, self.plan.own_parameters
        filters = [f"unit {unit}" if unit else "all units"]
        filters += [f"{name} {json.dumps(value)}" for name, value in own.items()]
        return PackCover(
            portfolio=settings.portfolio.name,
            scope=scope,
            quarter=str(self.plan.quarter),
            as_of=f"{self.portfolio.as_of_date:%Y-%m-%d}",
            confidentiality=settings.pack.confidentiality,
            made_at=made_at,
            snapshot=self._snapshot[:12],
            filter=", ".join(filters),
        )


def _content(result: PackResult, pack: Pack) -> PackContent:
    sums = tuple(one for page in pack.pages for block in page.blocks for one in block.sums)
    tables = [shown[0].block.numbers for shown in pack.tables.values()]
    unit = str(result.job.parameters.get("unit_name", ""))
    return PackContent(result.job.name, unit, sums, tuple(one for one in tables if one))


def _refused(fault: Exception) -> OSError | MemoryError | None:
    """What the system refused, also where a library raised an error of its own on it."""
    for one in (fault, fault.__cause__, fault.__context__):
        if isinstance(one, OSError | MemoryError):
            return one
    return None


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
