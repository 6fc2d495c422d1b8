"""Chaos: telephones, a cutting proxy, and a server that is killed in the middle of requests."""
