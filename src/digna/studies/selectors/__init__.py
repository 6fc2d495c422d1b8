"""Reads shaped for the pages of studies."""
