"""The staff's screens, and what erasing a person leaves of their records."""

import pytest
from django.urls import reverse

import cast
import make
from cast import client_of
from digna.registry.services import erasure
from digna.xapi import access, forms, texts
from digna.xapi.models import AccessKey, Mention, Statement
from xapi.asked import program, said

pytestmark = pytest.mark.django_db

READ = ("list_statements", "export_statements")
LEAD = ("keys", "make_key")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", {*READ, *LEAD}), ("mel", {*READ}), ("auditor", {*READ}), ("coordinator", set()),
        ("trainer", set()), ("mentor", set()), ("owner", set()),
    ],
)  # fmt: skip
def test_who_enters_where(who: str, may: set[str]) -> None:
    client = client_of(getattr(cast.cast(), who))
    for name in (*READ, *LEAD):
        status = client.get(reverse(f"xapi:{name}")).status_code
        assert (status == 200) == (name in may), (name, status)


def test_records_are_found_by_person_and_shown_under_their_name() -> None:
    person = make.person("Rosa", "Quispe")
    moodle = program()
    key = moodle.store(
        said(actor=access.account(str(person.public_id)), result={"score": {"scaled": 0.9}})
    )[0]
    moodle.store(said())
    client = client_of(cast.cast().mel)
    url = reverse("xapi:list_statements")
    page = client.get(url, {"quien": str(person.public_id)}).content.decode()
    assert "Quispe, Rosa" in page
    assert "90 de 100" in page
    assert "ana@digna.example" not in page
    assert "ana@digna.example" in client.get(url).content.decode()
    one = client.get(reverse("xapi:statement", args=[key])).content.decode()
    assert "stored" in one
    lines = b"".join(client.get(reverse("xapi:export_statements")).streaming_content)  # type: ignore[attr-defined]
    assert lines.count(b"\n") == 2
    assert "Nada pasa" in client.get(url, {"verbo": forms.VERBS[1][0]}).content.decode()


def test_a_key_s_secret_is_shown_once() -> None:
    client = client_of(cast.cast().lead)
    assert client.post(reverse("xapi:make_key"), {"label": "", "scope": "all"}).status_code == 422
    client.post(reverse("xapi:make_key"), {"label": "Moodle", "scope": "write"})
    url = reverse("xapi:keys")
    assert "Copie la clave ahora" in client.get(url).content.decode()
    assert "Copie la clave ahora" not in client.get(url).content.decode()
    key = AccessKey.objects.get()
    client.post(reverse("xapi:revoke_key", args=[key.public_id]))
    assert AccessKey.objects.get().revoked_at is not None


def test_an_erased_person_is_named_by_no_record() -> None:
    person = make.person("Rosa", "Quispe", email="rosa@digna.example")
    own = access.account(str(person.public_id))
    moodle = program()
    moodle.store(
        said(actor={**own, "name": "Rosa"}),
        said(context={"instructor": {"mbox": "mailto:rosa@digna.example"}}),
    )
    erasure.erase_person(actor=make.actor(reason="lo pidió"), person=person)
    bodies = " ".join(Statement.objects.values_list("body", flat=True))
    assert str(person.public_id) not in bodies
    assert "rosa" not in bodies.lower()
    assert bodies.count("anonimo-") == 2
    digest = access.agent_digest(own)
    assert not Mention.objects.filter(digest=digest).exists()
    assert texts.read(Statement.objects.order_by("pk")[0].body)["verb"]["display"] == {"es": "hizo"}
