"""Doors, one module a screen."""
