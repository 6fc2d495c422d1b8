"""Tests of declared indicators; ``reference`` is the slow and obvious computation."""
