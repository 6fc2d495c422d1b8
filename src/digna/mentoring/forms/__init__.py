"""Shapes of input of this room."""
