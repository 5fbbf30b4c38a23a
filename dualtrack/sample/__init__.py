"""A made-up company whose PM tools export four quarters of projects, with the truth recorded.

`write_sample` writes what tools would export, not tidy tables, and beside it `truth/`, which no
part of the pipeline reads: tests find the planted findings through the exports alone.
"""

from dualtrack.sample.write import write_sample

__all__ = ["write_sample"]
