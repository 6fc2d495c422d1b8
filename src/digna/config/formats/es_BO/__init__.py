"""Bolivian Spanish."""
