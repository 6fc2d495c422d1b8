"""A programme's records as an IATI activity: who, where, with what money, what was reached.

What the standard needs and the records do not hold is a `Lack` with a sentence and a link; it is
never made up. `composing.compose` puts the parts together, `judging` holds the file against the
standard, `arriving` reads a published file.
"""
