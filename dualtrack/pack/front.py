"""What the index of a quarter says in words: what needs attention, and where it all is from."""

from __future__ import annotations

from dualtrack.claims.claim import word_count
from dualtrack.pack.certificate import Certificate
from dualtrack.pack.changes import PackChanges
from dualtrack.pack.plan import QuarterPlan
from dualtrack.portfolio import Portfolio

__all__ = ["list_attention", "list_provenance"]


def list_attention(
    portfolio: Portfolio, certificate: Certificate, changes: PackChanges | None
) -> list[str]:
    """Sentences a reader of the index should see first; failed packs are told beside them.

    Args:
        portfolio: The quarter's records.
        certificate: Whether the packs hold together.
        changes: Of the whole, against the last issued quarter.
    """
    lines = [f"{line} Do not use these packs until it is mended." for line in certificate.findings]
    severe = int((portfolio.issues["severity_type"] == "severe").sum())
    if severe:
        count = word_count(severe, "severe issue")
        lines.append(f"{count[:1].upper()}{count[1:]} in the data: see the issues below.")
    if changes and changes.changed:
        lines.append(f"{changes.sentence}.")
    return lines


def list_provenance(
    plan: QuarterPlan, portfolio: Portfolio, certificate: Certificate, snapshot: str
) -> list[tuple[str, str]]:
    """What the packs rest on, and how that can be checked.

    Args:
        plan: The quarter's plan.
        portfolio: The quarter's records.
        certificate: Whether the packs hold together.
        snapshot: Checksum of the snapshot.
    """
    holds = "yes, checked when they were made" if certificate.holds else "no: see above"
    if certificate.holds and certificate.left_out:
        holds = f"not all could be checked. {' '.join(certificate.left_out)}"
    sources = word_count(len(portfolio.sources), "export file or sheet", "export files and sheets")
    notebooks = (*plan.ingest_notebooks, *plan.pack_notebooks)
    before = plan.issued.quarter if plan.issued else "nothing: no quarter before was issued here"
    return [
        ("Exports", f"{sources}, as of {portfolio.as_of_date:%Y-%m-%d}"),
        ("Snapshot", snapshot),
        ("Notebooks", ", ".join(path.name for path in notebooks)),
        ("Units add up to the whole, and none shows another's project", holds),
        ("Compared with", before),
        ("Check it again", "dualtrack verify, with the folder this page is in"),
    ]
