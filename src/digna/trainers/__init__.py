"""The trainers' ladder: who may deliver which module, on what evidence, and whether they still do.

A *trainer* climbs one *way* per module (never a global title): candidate, trained, supervised,
recommended, certified, expert. Each step asks for evidence that an expert of the same module
accepted, from wherever the expert is. A certificate lapses by a rule that can be configured, and
what somebody delivers is read from the training room's cycles, not declared.
"""
