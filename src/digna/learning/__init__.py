"""Courses that are learned on a telephone: lessons, quizzes, tasks of one's own workshop.

A *course* has versions whose content is frozen when published; an *enrolment* is one person's way
through one version, alone or in a *group*. What somebody does (finishes a lesson, answers a quiz,
ticks a list, hands in a task) comes in by the same service from a page and from a telephone that
was without signal. `digna_engines.courses` reads, grades and counts; this room keeps and shows.
"""
