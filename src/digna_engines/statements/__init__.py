"""Experience API statements, 1.0.3: what is well formed, what names whom, how they are shown.

Knows nothing of storage or the web. `checking.faults` tells every fault of a statement with its
path; `reading` finds agents and activities in one; `showing` cuts one down as a reader asks.

Source: Experience API, part two (Statement data), version 1.0.3, ADL Initiative, 2016.
"""
