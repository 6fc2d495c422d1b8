"""Reads of this room, shaped for a page."""
