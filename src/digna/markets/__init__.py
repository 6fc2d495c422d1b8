"""What the world buys, and what a small firm can do with it: readings of trade data, fact sheets.

A *release* is a set of world trade data brought to this installation; its rows lie in a folder
that only the worker opens. A *reading* is what the engine said of one product of one country, kept
as a snapshot. A *sheet* joins a reading to what people know (requirements, prices, fairs, contacts)
and is reviewed, approved and published as *versions* that never change.
"""
