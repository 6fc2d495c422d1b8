"""Certificates: who or what earned one, its facts, its signed credential, its public check page.

Rooms above issue them through `services.certificates.issue`; this room knows nothing of why. A
certificate repeats every fact it states, so the check page and the paper can be compared, and its
Open Badges 3.0 credential verifies without asking this installation.
"""
