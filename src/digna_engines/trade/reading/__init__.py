"""Readers of trade files: each brings one kind of file into the one flow contract, or refuses it.

A reader keeps nothing it could not check: what it refuses it names with the file, the line, the
column, and what to do.
"""
