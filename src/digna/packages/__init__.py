"""Lessons made elsewhere: SCORM 1.2 and 2004, H5P and cmi5, brought in, played, and counted.

A *package* has *versions* (one archive each, checked before anything of it is kept) and each
version its *parts* (the SCOs, AUs or the one H5P). An *attempt* is somebody's way through one
version; what a part reports is kept in *progress*. Content runs in an origin of its own, from
which neither our pages nor another package can be reached (docs/adr/0014).
"""
