"""Who sees and changes studies: the only way from a user and a key to a row.

Lead and analyst edit; monitoring and audit read; coordinators read what their programmes hold.
"""

from django.db.models import QuerySet

from digna.accounts import rights
from digna.accounts.models import Role
from digna.accounts.rights import READERS
from digna.programmes.models import Programme

SEE = rights.declare("studies.see", READERS | {Role.ANALYST, Role.COORDINATOR})
EDIT = rights.declare("studies.edit", {Role.LEAD, Role.ANALYST})


def programmes_of(user: object, right: rights.Right = EDIT) -> QuerySet[Programme]:
    """Return the programmes in which `user` holds a right of this room."""
    scopes = rights.reach(user, right).scopes
    if any(not scope.programmes for scope in scopes):
        return Programme.objects.all()
    codes = {code for scope in scopes for code in scope.programmes}
    return Programme.objects.filter(code__in=codes)
