"""Step 6: an analysis in, axes out. Figures draw; they compute nothing but positions."""

from dualtrack.figures.clarity import plot_clarity
from dualtrack.figures.control import plot_control
from dualtrack.figures.load import plot_load
from dualtrack.figures.mix import plot_mix
from dualtrack.figures.paths import plot_paths
from dualtrack.figures.sorting import plot_sorting

__all__ = ["plot_clarity", "plot_control", "plot_load", "plot_mix", "plot_paths", "plot_sorting"]
