"""A store of learning records: the Experience API, version 1.0.3.

Keeps *statements* (who did what to which activity), which never change and can only be voided by
another; *documents* that players leave for themselves (state and profiles); what is known of each
*activity*. Programs come in with a *key* that the lead makes, players with a *pass* good for one
attempt. What a statement is, is said in `digna_engines.statements`.
"""
