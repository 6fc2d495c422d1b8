"""A telephone of the tests: it sends as the real one does, and remembers what it was told."""

import gzip
import hashlib
import json
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from cast import client_of
from digna.accounts.models import User
from digna.field import grants


class Telephone:
    """One person on one telephone."""

    def __init__(self, user: User, *, registered: bool = True) -> None:
        self.user, self.id = user, str(uuid.uuid4())
        self.client = Client(raise_request_exception=False)
        self.grant = grants.give(user)
        if registered:
            self.grant = self.register()["grant"]

    def register(self, recovery: str = "") -> dict[str, Any]:
        """Make it known, as the shell does after somebody signed in."""
        body = {"device": self.id, "name": "Android · Chrome", "recovery": recovery}
        answer = client_of(self.user).post("/field/device", body, "application/json")
        return {"status": answer.status_code} | answer.json()

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.grant}"} if self.grant else {}

    def sends(self, action: str, values: dict[str, list[str]], **more: Any) -> dict[str, Any]:
        """Send one intention; files by `files={field: bytes}`, the rest as fields are called."""
        files = {
            field: SimpleUploadedFile(f"{field}.jpg", content, "image/jpeg")
            for field, content in more.pop("files", {}).items()
        }
        body = {
            "id": str(more.pop("id", None) or uuid.uuid4()),
            "action": action,
            "at": timezone.now().isoformat(),
            "values": json.dumps(values),
            "device": self.id,
            **{k: v if isinstance(v, str) else json.dumps(v) for k, v in more.items()},
            **files,
        }
        answer = self.client.post("/field/sync", body, headers=self.headers)
        return {"status": answer.status_code} | answer.json()

    def asks(self, *ids: uuid.UUID | str) -> dict[str, Any]:
        """Ask what became of intentions."""
        answer = self.client.post(
            "/field/known",
            {"ids": [str(one) for one in ids]},
            "application/json",
            headers=self.headers,
        )
        return {"status": answer.status_code} | answer.json()

    def piece(self, content: bytes, offset: int, size: int = 65_536, **more: Any) -> dict[str, Any]:
        """Send one piece of a large file."""
        digest = more.get("digest") or hashlib.sha256(content).hexdigest()
        headers = {
            "upload-offset": str(offset),
            "upload-length": str(more.get("length", len(content))),
        }
        answer = self.client.patch(
            f"/field/parts/{digest}",
            content[offset : offset + size],
            "application/octet-stream",
            headers=self.headers | headers,
        )
        return {"status": answer.status_code} | answer.json()

    def have(self, digest: str) -> dict[str, Any]:
        """Ask how much of a file is there."""
        answer = self.client.get(f"/field/parts/{digest}", headers=self.headers)
        return {"status": answer.status_code} | answer.json()

    def packed(self, body: bytes, content_type: str, as_is: bytes = b"") -> dict[str, Any]:
        """Send a body packed with gzip."""
        answer = self.client.generic(
            "POST",
            "/field/sync",
            as_is or gzip.compress(body),
            content_type,
            headers=self.headers | {"content-encoding": "gzip"},
        )
        return {"status": answer.status_code} | answer.json()
