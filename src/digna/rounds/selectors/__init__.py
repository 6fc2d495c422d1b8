"""Reads shaped for pages."""
