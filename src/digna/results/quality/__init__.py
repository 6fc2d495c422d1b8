"""Checks of the records behind figures: what each rule looks at, and what it found.

`rules` lists them. A rule gets the rows behind one figure as plain columns (`found.Behind`) and
says how many it looked at and which fail. One that has nothing to look at says so: it never passes
for want of anything to check. `reading` fetches the rows; only the worker imports it.
"""
