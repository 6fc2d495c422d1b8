"""Reads shaped for the pages of market access."""
