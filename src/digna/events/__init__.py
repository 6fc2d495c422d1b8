"""Capacity-building processes and conversatorios: sessions, enrolment, attendance.

A process may belong to several programmes and is counted once in each. A person is enrolled once
per process; attendance is one row per person and session. People and attendances are two
different counts, and `facts` publishes the rows both come from.
"""
