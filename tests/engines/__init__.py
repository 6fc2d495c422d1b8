"""Tests of the engines: no Django, no network, no database but DuckDB in memory."""
