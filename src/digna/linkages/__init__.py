"""Market access: what firms offer, what buyers ask for, and the sales that really happened.

Owns offers, demands, their fit with reasons and gaps, the catalogue, market-access cohorts, and
deals, whose intentions and realised sales are never added together.
"""
