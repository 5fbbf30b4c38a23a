"""Step 6: an analysis in, axes out. Figures draw; they compute nothing but positions."""

from dualtrack.figures.attention import plot_attention, plot_concurrency
from dualtrack.figures.blur import plot_confusion
from dualtrack.figures.bowler import plot_bowler
from dualtrack.figures.clarity import plot_clarity
from dualtrack.figures.coherence import plot_coherence
from dualtrack.figures.concentration import plot_breakthroughs, plot_concentration
from dualtrack.figures.control import plot_control
from dualtrack.figures.forums import plot_forums, plot_separation
from dualtrack.figures.key_roles import plot_key_roles
from dualtrack.figures.leaders import plot_leader_months, plot_leader_weeks
from dualtrack.figures.leaders_blocks import plot_leader_days
from dualtrack.figures.leaders_mixing import plot_mixing
from dualtrack.figures.load import plot_load
from dualtrack.figures.load_groups import plot_load_groups
from dualtrack.figures.metric_fit import plot_metric_fit
from dualtrack.figures.mix import plot_mix
from dualtrack.figures.moves import plot_flows
from dualtrack.figures.moves_labels import plot_label_inflation
from dualtrack.figures.moves_shift import plot_reallocation
from dualtrack.figures.paths import plot_paths
from dualtrack.figures.pausing import plot_pausing
from dualtrack.figures.polarity import plot_polarity
from dualtrack.figures.reactive import plot_reactive, plot_reactive_months
from dualtrack.figures.rhythm import plot_rhythm
from dualtrack.figures.scorecard import plot_scorecard
from dualtrack.figures.sorting import plot_sorting
from dualtrack.figures.spread import plot_spread
from dualtrack.figures.straddle import plot_straddle
from dualtrack.figures.sureness import plot_sureness
from dualtrack.figures.targets import plot_targets
from dualtrack.figures.whatif import plot_whatif
from dualtrack.figures.xmatrix import plot_xmatrix

__all__ = [
    "plot_scorecard",
    "plot_attention",
    "plot_bowler",
    "plot_breakthroughs",
    "plot_clarity",
    "plot_coherence",
    "plot_concentration",
    "plot_concurrency",
    "plot_confusion",
    "plot_control",
    "plot_flows",
    "plot_forums",
    "plot_key_roles",
    "plot_label_inflation",
    "plot_leader_days",
    "plot_leader_months",
    "plot_leader_weeks",
    "plot_load",
    "plot_load_groups",
    "plot_metric_fit",
    "plot_mix",
    "plot_mixing",
    "plot_paths",
    "plot_pausing",
    "plot_polarity",
    "plot_reactive",
    "plot_reactive_months",
    "plot_reallocation",
    "plot_rhythm",
    "plot_separation",
    "plot_sorting",
    "plot_spread",
    "plot_straddle",
    "plot_sureness",
    "plot_targets",
    "plot_whatif",
    "plot_xmatrix",
]
