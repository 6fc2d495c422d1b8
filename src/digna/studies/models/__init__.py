"""The tables of studies, by noun. Django finds models through this module."""
