"""What axe-core finds on a page."""

from __future__ import annotations

from typing import Any

__all__ = ["list_faults"]


def list_faults(page: Any, context: str | None = None) -> list[str]:
    """Serious and critical faults, each with its rule and the first element it is found on."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context=context).response["violations"]
    return [
        f"{one['id']}: {one['help']} ({one['nodes'][0]['html'][:160]})"
        for one in found
        if one["impact"] in {"serious", "critical"}
    ]
