"""The tables of studies, by noun. Django finds models through this module."""

from digna.studies.models import assessments, selections  # noqa: F401
