"""What this room keeps: reports, their words, their editions, the files made of them."""

from digna.reports.models.editions import Edition, Rendering
from digna.reports.models.reports import Narrative, Report

__all__ = ["Edition", "Narrative", "Rendering", "Report"]
