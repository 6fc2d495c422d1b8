"""Studies of effect: from records or a file to firms measured twice, and what a design finds.

`table` holds the units as plain rows, `uploads` reads them from a file, `reading` from the fact
tables, `estimating` (worker alone: numpy) gives them to the engine of attribution.
"""
