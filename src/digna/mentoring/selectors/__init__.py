"""Reads shaped for the pages of this room."""
