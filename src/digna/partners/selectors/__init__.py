"""Reads shaped for a page, one module a noun."""
