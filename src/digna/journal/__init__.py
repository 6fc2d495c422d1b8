"""Append-only record of every write: who, when, what, before, after, device, intention.

One `Line` per call of a service, sealed to the line before it, so that tampering shows; one
`Change` per row that the call touched. The journal is the audit trail and the ledger of the
field app: an intention that arrives twice is answered with its first receipt.
"""
