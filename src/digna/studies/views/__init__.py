"""Screens of studies, by what they show."""
