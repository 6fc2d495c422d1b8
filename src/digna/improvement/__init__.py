"""The firm's own board: the few numbers it watches, its practices, projects and plans.

A *measurement* is an occasion (baseline, progress, endline, twelve months) on which a firm's KPIs,
practices and headcount were taken down. KPIs keep numerator and denominator, never a bare share.
Instruments (KPIs, practices, checklists) come from kits, are versioned, and every answer keeps the
version it was given to. Rooms above join a measurement to their own records by its `occasion`.
"""
