"""Reads that shape a screen of accounts."""
