"""Signing in and out, as the journal tells it, and ending what is open elsewhere."""

from allauth.usersessions.models import UserSession

from digna.accounts import access
from digna.accounts.models import User
from digna.journal import record
from digna.journal.actor import Actor
from digna.journal.writes import writes


@writes("accounts.user.signed_in")
def record_sign_in(*, actor: Actor, user: User, methods: list[str]) -> User:
    """Note who came in, and by which proofs."""
    record.note(user, methods=methods)
    return user


@writes("accounts.sign_in.failed")
def record_failure(*, actor: Actor, user: User) -> User:
    """Note that somebody tried this account with a wrong password; what they typed is not kept."""
    record.note(user, methods=["password"])
    return user


@writes("accounts.sessions.ended")
def end_sessions(*, actor: Actor, user: User, session: int | None = None) -> int:
    """End one session of an account, or all; return how many there were.

    One's own are one's own to end; those of others need the right to manage them.
    """
    if actor.user != user:
        access.require_managing(actor.user, user)
    rows = UserSession.objects.filter(user=user)
    chosen = list(rows if session is None else rows.filter(pk=session))
    for row in chosen:
        row.end()
    if chosen:
        record.note(user, ended=len(chosen))
    return len(chosen)
