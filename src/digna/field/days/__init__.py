"""The week of who works with firms: what is on, their firms, what to do there, what to take along.

Pages are small and made for a thumb; each works online as it is, and offline once taken along.
"""
