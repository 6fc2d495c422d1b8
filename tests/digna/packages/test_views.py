"""Screens and the host of content: who enters where, and what each host serves."""

import json
import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import cast
import make
import wrapped
from cast import client_of
from digna.packages import access, hosts
from digna.packages.models import Package, PackageAttempt, UnitSession
from digna.packages.services import attempts, imports
from digna.xapi.models import Statement

pytestmark = pytest.mark.django_db

HERE = "localhost"


def bring(data: bytes = b"") -> Package:
    sent = wrapped.sent(data or wrapped.scorm12())
    return imports.import_package(actor=make.actor(), archive=sent)


def begun(package: Package, user: Any) -> PackageAttempt:
    return attempts.begin(
        actor=make.actor(user),
        version=attempts.newest(package),
        learner=access.learner(user),
    )


def played(user: Any, attempt: PackageAttempt) -> tuple[str, str, str]:
    """Return (host of content, path of the part, nonce) as the player's page gives them."""
    url = reverse("packages:play", args=[attempt.public_id])
    page = client_of(user).get(url, headers={"host": HERE})
    assert page.status_code == 200
    text = page.content.decode()
    found = re.search(r'src="http://([^/]+)(/contenido/[^"]+)"', text)
    nonce = re.search(r'data-nonce="([^"]+)"', text)
    assert found is not None
    assert nonce is not None
    assert f"frame-src http://{found[1]}" in page["Content-Security-Policy"]
    return found[1], found[2], nonce[1]


LISTED = {"packages", "export_packages", "package"}
AUTHORS = {"import_package", "add_version", "correct", "download"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("lead", LISTED | AUTHORS | {"export_attempts"}),
        ("mel", LISTED | AUTHORS | {"export_attempts"}),
        ("auditor", LISTED | {"export_attempts"}),
        ("coordinator", LISTED),
        ("trainer", LISTED),
        ("mentor", LISTED),
        ("owner", set()),
    ],
)
def test_who_enters_where(who: str, may: set[str]) -> None:
    client, package = client_of(getattr(cast.cast(), who)), bring()
    one = [package.public_id]
    plain = {"packages", "export_packages", "import_package"}
    every = LISTED | AUTHORS | {"export_attempts"}
    named: dict[str, list[Any]] = {name: [] if name in plain else one for name in every}
    named["download"] = [package.versions.get().public_id]
    for name, arguments in named.items():
        status = client.get(reverse(f"packages:{name}", args=arguments)).status_code
        assert (status == 200) == (name in may), (name, status)


def test_nobody_plays_for_another() -> None:
    people = cast.cast()
    attempt = begun(bring(), people.owner)
    url = reverse("packages:play", args=[attempt.public_id])
    assert client_of(people.owner).get(url).status_code == 200
    assert client_of(people.lead).get(url).status_code == 404
    assert client_of(None).get(url).status_code == 302
    save = reverse("packages:keep", args=[attempt.public_id])
    told = json.dumps({"key": "P1", "sitting": str(uuid.uuid4()), "sequence": 1, "data": {}})
    for user, status in ((people.owner, 200), (people.lead, 404), (None, 302)):
        answer = client_of(user).post(save, told, content_type="application/json")
        assert answer.status_code == status


@pytest.mark.parametrize("body", ["{", "[]", '{"key": "P1"}', '{"key":1,"sitting":"x"}'])
def test_what_the_page_cannot_have_sent_is_refused(body: str) -> None:
    owner = cast.cast().owner
    url = reverse("packages:keep", args=[begun(bring(), owner).public_id])
    answer = client_of(owner).post(url, body, content_type="application/json")
    assert answer.status_code == 400


def test_each_host_serves_its_own_alone() -> None:
    owner = cast.cast().owner
    attempt = begun(bring(), owner)
    host, path, nonce = played(owner, attempt)
    assert host == f"{hosts.label(attempt.version)}.localhost"
    client = Client(raise_request_exception=False)
    shell = client.get(path, headers={"host": host})
    assert shell.status_code == 200
    assert nonce in shell.content.decode()
    policy = shell["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
    assert "allow-popups" not in policy
    assert f"frame-ancestors 'self' http://{HERE}" in policy
    assert "Set-Cookie" not in shell
    base = path.split("/_digna/")[0]
    page = client.get(f"{base}/P1/index.html", headers={"host": host})
    assert page["Content-Type"] == "text/html"
    for wrong in (HERE, "p" + uuid.uuid4().hex + ".localhost", "testserver"):
        assert client.get(path, headers={"host": wrong}).status_code == 404, wrong
        there = client.get(f"{base}/P1/index.html", headers={"host": wrong})
        assert there.status_code == 404, wrong
    for ours in ("/", "/personas/", "/cuenta/login/", "/paquetes/"):
        assert client_of(owner).get(ours, headers={"host": host}).status_code == 404
    for outside in ("../../x", "%2e%2e/x", "no-esta.html"):
        assert client.get(f"{base}/{outside}", headers={"host": host}).status_code == 404
    assert client.get("/contenido/falso/x.html", headers={"host": host}).status_code == 404


def test_a_video_is_served_in_pieces() -> None:
    owner = cast.cast().owner
    host, path, _nonce = played(owner, begun(bring(), owner))
    url = path.split("/_digna/")[0] + "/P1/index.html"

    def piece(told: str) -> Any:
        return Client().get(url, headers={"host": host, "range": told})

    some = piece("bytes=0-8")
    assert (some.status_code, some.content) == (206, b"<!DOCTYPE")
    assert some["Content-Range"].startswith("bytes 0-8/")
    assert piece("bytes=999999-").status_code == 416
    assert piece("otra cosa").status_code == 200


def test_where_no_other_host_is_known_nothing_plays_and_it_is_said(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    owner = cast.cast().owner
    attempt = begun(bring(), owner)
    url = reverse("packages:play", args=[attempt.public_id])
    page = client_of(owner).get(url, headers={"host": "192.168.1.9"}).content.decode()
    assert "DIGNA_CONTENT_HOST" in page
    assert "<iframe" not in page
    settings.CONTENT_HOST = "contenido.digna.example"
    page = client_of(owner).get(url, headers={"host": "digna.example"}).content.decode()
    assert 'src="http://contenido.digna.example/contenido/' in page


def unit_of(owner: Any) -> tuple[str, str, str]:
    host, path, _nonce = played(owner, begun(bring(wrapped.cmi5()), owner))
    answer = Client().get(path, headers={"host": host})
    assert answer.status_code == 302
    return host, path, answer["Location"]


def test_a_unit_s_key_is_handed_out_once() -> None:
    host, path, _location = unit_of(cast.cast().owner)
    session = UnitSession.objects.get()
    url = path.split("/_digna/")[0] + f"/_digna/clave/{session.public_id}"
    first = Client().post(url, headers={"host": host}).json()
    assert "auth-token" in first
    assert Client().post(url, headers={"host": host}).json()["error-code"] == "1"


def test_opening_a_unit_again_abandons_the_session_that_was_open() -> None:
    owner = cast.cast().owner
    host, path, location = unit_of(owner)
    assert "endpoint=http%3A%2F%2F" + host in location
    assert Client().get(path, headers={"host": host}).status_code == 302
    first, second = UnitSession.objects.order_by("pk")
    assert (first.is_abandoned, second.is_abandoned) == (True, False)
    assert Statement.objects.count() == 2  # launched twice; never begun, so nothing abandoned


def test_the_list_and_the_page_say_what_there_is(django_assert_max_num_queries: Any) -> None:
    people = cast.cast()
    client = client_of(people.lead)
    url = reverse("packages:packages")
    assert "Importe la primera" in client.get(url).content.decode()
    for n in range(3):
        bring(wrapped.scorm12(f"Costos {n}"))
    with django_assert_max_num_queries(20):
        page = client.get(url, {"q": "costos 1"}).content.decode()
    assert "Costos 1" in page
    assert "Costos 2" not in page
    package = Package.objects.get(title="Costos 1")
    one = [package.public_id]
    client.post(reverse("packages:withdraw", args=one))
    assert "Costos 1" not in client.get(url).content.decode()
    assert "Costos 1" in client.get(url, {"estado": "retirados"}).content.decode()
    assert client_of(people.trainer).get(reverse("packages:package", args=one)).status_code == 404
    client.post(reverse("packages:put_back", args=one))
    told = {"title": "Costos claros", "language": "es", "licence": "CC BY"}
    client.post(reverse("packages:correct", args=one), told)
    assert "Costos claros" in client.get(url).content.decode()


def test_uploading_says_what_is_wrong_and_keeps_what_was_typed() -> None:
    client = client_of(cast.cast().lead)
    url = reverse("packages:import_package")
    bad = {"archive": wrapped.sent(b"x"), "title": "Mi título"}
    page = client.post(url, bad)
    assert page.status_code == 422
    assert "no es un zip" in page.content.decode()
    assert "Mi título" in page.content.decode()
    good = client.post(url, {"archive": wrapped.sent(wrapped.scorm12()), "title": "Mi título"})
    assert good.status_code == 302
    package = Package.objects.get(title="Mi título")
    again = {"archive": wrapped.sent(wrapped.scorm12("Otra")), "note": "corregida"}
    assert client.post(reverse("packages:add_version", args=[package.public_id]), again).url
    assert package.versions.count() == 2
