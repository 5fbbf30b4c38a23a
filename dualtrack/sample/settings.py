"""The settings of the sample company, as a person would write them."""

from __future__ import annotations

__all__ = ["sample_settings"]

_TEMPLATE = """\
# Settings of the sample company. Copy this file beside your own exports and change it.
# Every key has a default; an unknown key is refused. Paths start from this file's folder.

[portfolio]
name = "Halden Instruments"
export_dir = "@EXPORT_DIR@"   # {quarter} becomes 2026-Q3 and so on
reports_dir = "reports"
fiscal_year_start = 1                  # month

[money]
currency = "EUR"
rates = { GBP = 1.17 }                 # EUR for one unit; without a rate an amount stays out

[sort]
decide_at = 0.70                       # calibrated probability a track needs to be decided

[pack]
confidentiality = "Sample data, synthetic"

[privacy]
people_key = "sample"                  # behind the pseudonyms; leave out to have one made

# What a reader cannot see in a file itself. The first matching line holds.
[[export]]
match = "kaizen_liste*.xlsx"
unit_name = "Manufacturing"

[[export]]
match = "azure_devops*.csv"
unit_name = "Product Engineering"

[[export]]
match = "planner_*.xlsx"
unit_name = "Commercial"
"""


def sample_settings(export_dir: str) -> str:
    """Text of a `portfolio.toml` for the sample; `export_dir` may hold `{quarter}`."""
    return _TEMPLATE.replace("@EXPORT_DIR@", export_dir)
