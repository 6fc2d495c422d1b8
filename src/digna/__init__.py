"""Digna's shell: Django apps, each named by the domain. The maths lives in `digna_engines`."""
