"""Mentoring: a person with experience goes along with a young entrepreneur for months.

Owns calls for applications, mentors with their capacity, matching as a draft to review, pairs and
groups, sessions logged in three taps, private notes that never leave, alerts when a pair goes
silent, and the firm's outcomes at 0, 6 and 12 months.
"""
