"""A telephone as a server meets it: the requests of an OpenRosa client, header by header."""

import hashlib
import re
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import cast
import make
from digna.accounts.models import User
from digna.programmes.models import Programme
from digna.surveys.models import SurveyForm
from digna.surveys.services import forms, keys
from surveys import workbooks

LIST = "{http://openrosa.org/xforms/xformsList}"
JPG = b"\xff\xd8\xff\xe0" + b"f" * 500


def programme(code: str = "bolivia") -> Programme:
    from datetime import date

    row, _new = Programme.objects.get_or_create(
        code=code,
        defaults={"name": code.title(), "starts_on": date(2026, 1, 1), "ends_on": date(2028, 1, 1)},
    )
    return row


def form(content: bytes | None = None, *, is_open: bool = True, **more: Any) -> SurveyForm:
    """A form, uploaded as an office does it."""
    within = more.pop("programme", None) or programme()
    made = forms.upload(
        actor=make.actor(), programme=within, workbook=workbooks.sent(content), **more
    )
    return forms.open_form(actor=make.actor(), form=made) if is_open else made


def filled(
    instance_id: str = "", *, form_id: str = "empresas", version: str = "1", **more: str
) -> bytes:
    """The XML of a filled form of `workbooks.SURVEY`."""
    own = instance_id or f"uuid:{uuid.uuid4()}"
    old = (
        f"<orx:deprecatedID>{more['deprecated']}</orx:deprecatedID>" if "deprecated" in more else ""
    )
    told = {
        "nombre": "Tejidos Illimani", "personas": "4", "formal": "si", "rubros": "textil comida",
        "lugar": "-16.5 -68.15 3640 4.5", **more,
    }  # fmt: skip
    datos = "".join(f"<{n}>{told[n]}</{n}>" for n in ("nombre", "personas", "formal", "rubros"))
    turns = more.get(
        "productos",
        "<productos><producto>Chompa</producto><precio>120.5</precio><foto>chompa.jpg</foto></productos>"
        "<productos><producto>Gorro</producto><precio>30</precio><foto/></productos>",
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><data id="{form_id}" version="{version}" '
        'xmlns:orx="http://openrosa.org/xforms">'
        f"<datos>{datos}</datos><lugar>{told['lugar']}</lugar>{turns}<gracias/>"
        f"<orx:meta><orx:instanceID>{own}</orx:instanceID>{old}</orx:meta></data>"
    ).encode()


@dataclass
class Phone:
    """A telephone with a key; it signs in by Digest, as Collect does."""

    key: Any
    secret: keys.Secrets
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))
    challenge: dict[str, str] = field(default_factory=dict)
    count: int = 0

    @property
    def base(self) -> str:
        return f"/openrosa/{self.key.programme.code}"

    def ask(self, method: str, path: str, **more: Any) -> Any:
        """Ask, answering the challenge where there is one."""
        url = path if path.startswith("/") else f"{self.base}/{path}"
        first = self._ask(method, url, **more)
        if first.status_code != 401 or "www-authenticate" not in first.headers:
            return first
        self.challenge = dict(re.findall(r'(\w+)="([^"]*)"', first["www-authenticate"]))
        for part in more.get("data", {}).values():
            if hasattr(part, "seek"):
                part.seek(0)
        return self._ask(method, url, **more)

    def _ask(self, method: str, url: str, **more: Any) -> Any:
        headers = {"X-OpenRosa-Version": "1.0", "User-Agent": "org.odk.collect.android/v2026.2.0"}
        if self.challenge:
            headers["Authorization"] = self._digest(method, url)
        call = getattr(self.client, method.lower())
        return call(url, **more, headers={**headers, **more.pop("headers", {})})

    def _digest(self, method: str, url: str) -> str:
        def md5(told: str) -> str:
            return hashlib.md5(told.encode(), usedforsecurity=False).hexdigest()

        self.count += 1
        nc, cnonce, nonce = f"{self.count:08x}", "abcdef", self.challenge["nonce"]
        ha1 = md5(f"{self.secret.name}:{self.challenge['realm']}:{self.secret.password}")
        response = md5(f"{ha1}:{nonce}:{nc}:{cnonce}:auth:{md5(f'{method}:{url}')}")
        return (
            f'Digest username="{self.secret.name}", realm="{self.challenge["realm"]}", '
            f'nonce="{nonce}", uri="{url}", qop=auth, nc={nc}, cnonce="{cnonce}", '
            f'response="{response}", algorithm=MD5'
        )

    def send(
        self, xml: bytes, files: dict[str, bytes] | None = None, path: str = "submission"
    ) -> Any:
        """Post a filled form with files."""
        parts = {"xml_submission_file": SimpleUploadedFile("a.xml", xml, "text/xml")}
        for name, content in (files or {}).items():
            parts[name] = SimpleUploadedFile(name.rsplit("/", 1)[-1], content, "image/jpeg")
        return self.ask("POST", f"{path}?deviceID=collect%3Aabc", data=parts)


def phone(user: User | None = None, label: str = "Celular de Tania") -> Phone:
    fresh = keys.new_secrets()
    who = user or make.user("Tania Quispe", role="trainer", partner=cast.PARTNER)
    made = keys.make(actor=make.actor(), programme=programme(), user=who, label=label, fresh=fresh)
    return Phone(made, fresh)
