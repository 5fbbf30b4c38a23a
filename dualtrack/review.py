"""The tables of one quarter that several exhibits share, each made when first asked for.

Notebooks stay thin through it: one call gives all analyses the same norms, dates and settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

import dualtrack.analyses as analyses
from dualtrack.analyses import QuestionList, QuestionTables, RhythmNorms
from dualtrack.records import read_review_decisions
from dualtrack.schema import TABLES, conform
from dualtrack.sorting import READINGS_FILE, sort_meetings
from dualtrack.workbook import OpenQuarter

__all__ = ["Review", "open_review"]


@dataclass(frozen=True)
class Review:
    """A quarter and what the analyses make of it; tables are those of `dualtrack.schema`.

    Attributes:
        opened: The quarter.
        norms: Norms of follow-up.
        questions: The five questions.
    """

    opened: OpenQuarter
    norms: RhythmNorms
    questions: QuestionList

    @cached_property
    def rhythm(self) -> pd.DataFrame:
        """How each open project is followed up."""
        portfolio = self.opened.portfolio
        return analyses.measure_rhythm(
            portfolio.projects,
            self.opened.sorting,
            self.opened.evidence,
            portfolio.milestones,
            self.norms,
            as_of_date=portfolio.as_of_date,
        )

    @cached_property
    def readings(self) -> pd.DataFrame:
        """Every project's three readings, the blur by its name and what would mend it."""
        opened = self.opened
        forms = analyses.measure_forms(opened.sorting, opened.evidence)
        return analyses.measure_readings(
            opened.portfolio.projects, opened.sorting, opened.evidence, forms
        )

    @cached_property
    def watchlist(self) -> pd.DataFrame:
        """At most ten projects to talk about."""
        opened = self.opened
        own = opened.settings.own_file(opened.settings.governance.watch_rules_file)
        return analyses.measure_watchlist(
            opened.portfolio.projects,
            opened.sorting,
            self.readings,
            self.rhythm,
            analyses.read_watch_rules(own),
        )

    @cached_property
    def states(self) -> pd.DataFrame:
        """Every project in this quarter and those before."""
        return analyses.gather_states(
            [*self.opened.earlier, self.opened],
            hours_per_fte_month=self.opened.settings.pack.hours_per_fte_month,
        )

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """Where shares and counts stand against the targets."""
        opened = self.opened
        readings = analyses.measure_target_readings(
            opened.portfolio.projects,
            opened.sorting,
            by=opened.group_column,
            temperature_error=opened.criteria.temperature_error,
        )
        return analyses.measure_target_verdicts(
            readings, analyses.read_targets(opened.settings.targets)
        )

    @cached_property
    def metric_fit(self) -> pd.DataFrame:
        """Whether each metric is of its project's kind."""
        portfolio = self.opened.portfolio
        return analyses.measure_metric_fit(
            portfolio.measures, portfolio.projects, self.opened.sorting
        )

    @cached_property
    def coherence(self) -> pd.DataFrame:
        """What is wrong with single metrics."""
        portfolio = self.opened.portfolio
        return analyses.measure_coherence(
            portfolio.measures,
            portfolio.projects,
            self.opened.sorting,
            as_of_date=portfolio.as_of_date,
        )

    @cached_property
    def leader_items(self) -> pd.DataFrame:
        """Agenda items of the quarter's meetings, on tracks."""
        opened = self.opened
        settings = opened.settings
        sorted_items = sort_meetings(
            opened.portfolio.reviews,
            opened.criteria,
            decide_at=settings.sort.decide_at,
            error_rate=settings.sort.error_rate,
            cache_file=settings.path(READINGS_FILE),
        )
        return analyses.measure_leader_items(
            opened.portfolio.reviews,
            sorted_items,
            opened.portfolio.projects,
            first_day=opened.quarter.first_day,
            last_day=opened.quarter.last_day,
            levels=settings.leaders.levels,
            show_subjects=settings.leaders.show_subjects,
        )

    @cached_property
    def mixing(self) -> pd.DataFrame:
        """Forums and what of strategy shares a meeting with operations."""
        return analyses.measure_mixing(
            self.leader_items, temperature_error=self.opened.criteria.temperature_error
        )

    @cached_property
    def leader_months(self) -> pd.DataFrame:
        """Protected hours of strategy by month."""
        quarter = self.opened.quarter
        return analyses.measure_leader_months(
            self.leader_items,
            first_day=quarter.first_day,
            last_day=quarter.last_day,
            temperature_error=self.opened.criteria.temperature_error,
        )

    @cached_property
    def straddle(self) -> pd.DataFrame:
        """People on both tracks, counted."""
        opened = self.opened
        return analyses.measure_straddle(
            opened.portfolio.assignments,
            opened.portfolio.projects,
            opened.sorting,
            hours_per_fte_month=opened.settings.pack.hours_per_fte_month,
            smallest_group=opened.settings.pack.smallest_group,
            beside=opened.portfolio.beside,
            temperature_error=opened.criteria.temperature_error,
        )

    @cached_property
    def checks(self) -> pd.DataFrame:
        """What the five questions look at."""
        portfolio = self.opened.portfolio
        tables = QuestionTables(
            rhythm=self.rhythm,
            metric_fit=self.metric_fit,
            coherence=self.coherence,
            mixing=self.mixing,
            leader_months=self.leader_months,
            straddle=self.straddle,
        )
        # Objectives are the company's: that a unit serves only some of them is no finding.
        whole = portfolio.objectives
        objectives = whole.head(0) if self.opened.unit_name else whole
        return analyses.measure_checks(
            portfolio.projects, self.opened.sorting, objectives, tables, self.questions
        )

    @cached_property
    def scorecard(self) -> pd.DataFrame:
        """The five questions scored."""
        ratings = self.opened.portfolio.ratings
        return analyses.measure_scorecard(self.checks, ratings, self.questions)

    @cached_property
    def scorecard_trend(self) -> pd.DataFrame:
        """The scores of the quarters before and of this one."""
        reviews = [Review(one, self.norms, self.questions) for one in self.opened.earlier]
        columns = ["question_id", "score", "score_low", "score_high"]
        parts = [
            one.scorecard[columns].assign(quarter_name=str(one.opened.quarter))
            for one in [*reviews, self]
        ]
        return conform(pd.concat(parts, ignore_index=True), TABLES["scorecard_trend"])

    @cached_property
    def control(self) -> pd.DataFrame:
        """Every reading with its process limits and signals."""
        return analyses.measure_control(
            self.opened.portfolio.measures,
            analyses.read_control_rules(self.opened.settings.metrics.rules),
        )

    @cached_property
    def follow_up(self) -> pd.DataFrame:
        """What became of the decisions of earlier reviews, those of the whole."""
        settings = self.opened.settings
        decided = read_review_decisions(settings.path(settings.pack.review_decisions_file))
        return analyses.measure_follow_up(
            self.opened.hide_written(decided),
            self.control,
            as_of_date=self.opened.portfolio.as_of_date,
        )


def open_review(opened: OpenQuarter) -> Review:
    """The tables of a quarter, by the norms and questions that came along.

    Args:
        opened: As `open_quarter` returns.
    """
    own = opened.settings.own_file(opened.settings.governance.rhythm_norms_file)
    norms = analyses.read_rhythm_norms(own)
    return Review(opened, norms, analyses.read_questions())
