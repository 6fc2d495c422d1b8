"""The world that telephones meet: people, firms to quarrel about, an open form with a key.

Run in a process of its own (`python -m field.world PHONES`); prints what telephones know.
"""

import json
import os
import sys
import uuid
from datetime import date
from typing import Any


def main(phones: int) -> None:
    """Make the tables and the world, and print it as JSON."""
    import django

    os.environ["DIGNA_CHAOS_TABLES"] = "1"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", run_syncdb=True, verbosity=0)
    print(json.dumps(_made(phones)))


def _made(phones: int) -> dict[str, Any]:
    import make
    from digna.field import grants
    from digna.field.services import devices
    from digna.registry.forms import EnterpriseForm, enterprise_now
    from digna.web.forms import as_sent

    lead = make.user("Elena Rocha", role="lead")
    told = []
    for number in range(phones):
        user = make.user(f"Formadora {number}", role="trainer", partner="cainco")
        telephone = uuid.uuid4()
        devices.register_device(
            actor=make.actor(user), user=user, telephone=telephone, name="Android", key=""
        )
        told.append({"device": str(telephone), "grant": grants.give(user, telephone)})
    partner = make.organisation("Cainco", code="cainco", is_partner=True)
    firms = [
        make.enterprise(f"Disputada {n}", partner=partner, by=make.actor(lead)) for n in range(12)
    ]
    return {
        "phones": told,
        "disputed": [
            {
                "key": str(firm.public_id),
                "base": as_sent(EnterpriseForm(initial=enterprise_now(firm))),
            }
            for firm in firms
        ],
        "token": _form_with_key(lead),
        "lead": _session_of(lead),
    }


def _form_with_key(lead: Any) -> str:
    from surveys import workbooks

    import make
    from digna.programmes.models import Programme
    from digna.surveys.services import forms, keys

    programme = Programme.objects.create(
        code="bolivia", name="Bolivia", starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1)
    )
    form = forms.upload(actor=make.actor(lead), programme=programme, workbook=workbooks.sent(None))
    forms.open_form(actor=make.actor(lead), form=form)
    fresh = keys.new_secrets()
    keys.make(actor=make.actor(lead), programme=programme, user=lead, label="Kobo", fresh=fresh)
    return fresh.token


def _session_of(user: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return str(store.session_key)


if __name__ == "__main__":
    main(int(sys.argv[1]))
