"""What a quarter's folder shows: a page per pack, the index, the manifest."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from dualtrack.pack.batch import PackResult
from dualtrack.pack.html import PackCover, render_index, render_pack
from dualtrack.pack.manifest import hash_file, hash_folder, make_manifest, write_manifest
from dualtrack.pack.pages import Page, read_page
from dualtrack.pack.plan import QuarterPlan
from dualtrack.portfolio import Portfolio

__all__ = ["PackWriter"]


class PackWriter:
    """Writes into one quarter's work folder."""

    def __init__(self, plan: QuarterPlan, portfolio: Portfolio, work: Path) -> None:
        self.plan, self.portfolio, self.work = plan, portfolio, work
        self._snapshot = hash_folder(work / "snapshot")
        self._pages: dict[str, list[Page]] = {}

    def write_pack(self, result: PackResult) -> PackResult:
        """Write a pack's page from its executed notebooks; a failed pack has none.

        Args:
            result: A job that was run.

        Returns:
            The result with the file's checksum and time.
        """
        if result.error:
            return result
        made_at = _now()
        path = self.work / f"{result.job.slug}.html"
        text = render_pack(self._read(result), self._cover(result.job.name, made_at))
        new = path.with_suffix(".new")
        new.write_text(text, encoding="utf-8")
        new.replace(path)
        return replace(result, made_at=made_at, sha256=hash_file(path))

    def write_front(self, results: Sequence[PackResult], ingest: Sequence[Path]) -> None:
        """Write the index and the manifest.

        Args:
            results: A result per pack, kept ones too.
            ingest: Executed notebooks that left the snapshot.
        """
        made_at, settings = _now(), self.plan.settings
        facts = {one.job.slug: self._facts(one) for one in results if not one.error}
        cover = self._cover(settings.portfolio.name, made_at)
        index = render_index(results, facts, [read_page(path) for path in ingest], cover)
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
        )
        write_manifest(manifest, self.work / "manifest.json")

    def _read(self, result: PackResult) -> list[Page]:
        if result.job.slug not in self._pages:
            pages = [read_page(output) for _, output in result.job.runs]
            self._pages[result.job.slug] = pages
        return self._pages[result.job.slug]

    def _facts(self, result: PackResult) -> dict[str, Any]:
        return {
            name: fact
            for page in self._read(result)
            for name, fact in page.facts.items()
            if name != "decision_count"
        }

    def _cover(self, scope: str, made_at: str) -> PackCover:
        settings = self.plan.settings
        return PackCover(
            portfolio=settings.portfolio.name,
            scope=scope,
            quarter=str(self.plan.quarter),
            as_of=f"{self.portfolio.as_of_date:%Y-%m-%d}",
            confidentiality=settings.pack.confidentiality,
            made_at=made_at,
            snapshot=self._snapshot[:12],
        )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
