"""Choosing the sectors: rapid market assessments and the decision that rests on them.

A *selection* collects weights and scores blind from people on their phones, shows where they
differ, and ranks with its robustness; the decision may differ from the rank and must say why. An
*assessment* holds a market system: actors, functions, rules, margins, causes and evidence; each
finding leads to a decision and an intervention, or is listed as an orphan.
"""
