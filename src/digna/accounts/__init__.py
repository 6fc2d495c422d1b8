"""Who may come in and what they may do.

Users sign in by e-mail or phone with a password, a passkey, or a printed card with a QR and a
PIN. A `Membership` gives a user a role, limited to a partner, to departments or to programmes
by their codes. `rights` says which roles hold which right; `doors` guards every view; rooms
above decide in their own `access.py` which rows a member sees.
"""
