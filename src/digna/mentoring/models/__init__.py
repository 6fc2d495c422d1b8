"""The tables of mentoring."""

from digna.mentoring.models.choices import (
    NO_SHOWS,
    Care,
    Channel,
    Ending,
    Happened,
    Language,
    Slot,
    WantedSex,
)
from digna.mentoring.models.cohorts import Application, Cohort
from digna.mentoring.models.drafts import Draft, Proposal
from digna.mentoring.models.mentors import Mentor, Seat
from digna.mentoring.models.outcomes import Outcome
from digna.mentoring.models.pairs import (
    Agreement,
    FollowUp,
    Goal,
    MentoringSession,
    Pair,
    PrivateNote,
)

__all__ = [
    "NO_SHOWS",
    "Agreement",
    "Application",
    "Care",
    "Channel",
    "Cohort",
    "Draft",
    "Ending",
    "FollowUp",
    "Goal",
    "Happened",
    "Language",
    "Mentor",
    "MentoringSession",
    "Outcome",
    "Pair",
    "PrivateNote",
    "Proposal",
    "Seat",
    "Slot",
    "WantedSex",
]
