"""Modules, the firms' way through them, workshops, visits, and the trainers' ladder.

A *cycle* delivers one module to a few firms together. Each firm's way through it (`CycleFirm`)
moves only by services that hold the guards: no workshop without a baseline, no certificate without
an endline or a written waiver. The outcome data are the improvement room's; this room says when.
"""
