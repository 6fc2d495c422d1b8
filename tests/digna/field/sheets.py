"""A sheet of work as a telephone has it: its page read, filled in, sent late."""

import json
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from lxml import html

from digna.accounts.models import User
from digna.field import grants

NOT_SENT = ("csrfmiddlewaretoken", "intention")


def form_of(page: bytes) -> Any:
    """Return the form of a page that may be sent late."""
    found = html.fromstring(page.decode()).xpath("//form[@data-intention]")
    assert len(found) == 1, "one sheet, one form"
    return found[0]


def values_of(form: Any) -> dict[str, list[str]]:
    """Return what a browser would send of the form as it is."""
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        if name not in NOT_SENT:
            values.setdefault(name, []).append(value)
    return values


def opened(client: Client, slug: str, key: object) -> tuple[str, dict[str, list[str]]]:
    """Open a sheet; return its action and the values it holds."""
    reply = client.get(f"/campo/hacer/{slug}/{key}/")
    assert reply.status_code == 200, reply.content.decode()[:400]
    form = form_of(reply.content)
    return form.get("data-intention"), values_of(form)


def sent_late(
    user: User,
    action: str,
    values: Mapping[str, Sequence[str]],
    files: Mapping[str, bytes] | None = None,
    **more: Any,
) -> dict[str, Any]:
    """Send an intention as a telephone does; return the answer."""
    body: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "action": action,
        "at": timezone.now().isoformat(),
        "values": json.dumps(dict(values)),
    } | more
    for name, content in (files or {}).items():
        body[name] = SimpleUploadedFile(f"{name}.jpg", content, content_type="image/jpeg")
    headers = {"authorization": f"Bearer {grants.give(user)}"}
    reply = Client().post("/field/sync", body, headers=headers)
    assert reply.status_code == 200, reply.content
    answer: dict[str, Any] = reply.json()
    return answer
