"""The tables of studies, by noun. Django finds models through this module."""

from digna.studies.models.selections import (
    Candidate,
    Criterion,
    Decision,
    DiscussionNote,
    Evaluator,
    Outcome,
    Round,
    Scheme,
    Score,
    Selection,
    Verdict,
    WeightVote,
)

__all__ = [
    "Candidate",
    "Criterion",
    "Decision",
    "DiscussionNote",
    "Evaluator",
    "Outcome",
    "Round",
    "Scheme",
    "Score",
    "Selection",
    "Verdict",
    "WeightVote",
]
