"""Pages travel packed; what is packed, streams or is compared by its tag travels as it is."""

import gzip
from typing import Any

import pytest
from django.http import (
    FileResponse,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)
from django.test import Client, RequestFactory
from django.urls import reverse

import cast
from cast import client_of
from digna.web.middleware import PackingMiddleware

LONG = b"<p>Cochabamba</p>" * 200


def passed(response: HttpResponseBase, accepts: str = "gzip, br") -> HttpResponseBase:
    request = RequestFactory().get("/", headers={"accept-encoding": accepts})
    return PackingMiddleware(lambda _request: response)(request)  # type: ignore[arg-type,return-value]


def test_a_page_is_packed_and_says_so() -> None:
    answer = passed(HttpResponse(LONG, headers={"ETag": '"a"'}))
    assert isinstance(answer, HttpResponse)
    assert gzip.decompress(answer.content) == LONG
    assert answer["content-length"] == str(len(answer.content))
    assert (answer["content-encoding"], answer["etag"]) == ("gzip", 'W/"a"')
    assert "Accept-Encoding" in answer["vary"]
    assert len(answer.content) < len(LONG) / 4


def test_two_of_the_same_are_not_of_the_same_length() -> None:
    """Lengths tell nobody what stands in a page (BREACH)."""
    lengths = {len(passed(HttpResponse(LONG)).content) for _time in range(40)}  # type: ignore[attr-defined]
    assert len(lengths) > 1


def test_who_does_not_take_it_gets_it_plain() -> None:
    answer = passed(HttpResponse(LONG), accepts="identity")
    assert "content-encoding" not in answer.headers
    assert "Accept-Encoding" in answer["vary"]


def untouched() -> list[HttpResponseBase]:
    return [
        HttpResponse(LONG, content_type="application/pdf"),
        HttpResponse(LONG, content_type="application/zip"),
        HttpResponse(LONG, content_type="image/png"),
        HttpResponse(LONG, headers={"Content-Range": "bytes 0-9/99"}),
        HttpResponse(LONG, headers={"Content-Encoding": "gzip"}),
        JsonResponse({"a": "b" * 900}, headers={"ETag": '"a"'}),
        StreamingHttpResponse(iter([LONG]), content_type="text/csv"),
        StreamingHttpResponse(iter([LONG]), content_type="text/event-stream"),
        StreamingHttpResponse(iter([LONG])),
    ]


@pytest.mark.parametrize("number", range(9))
def test_what_is_packed_already_or_streams_is_left_alone(number: int) -> None:
    response = untouched()[number]
    before = dict(response.headers)
    assert passed(response) is response
    assert dict(response.headers) == before


def test_a_file_keeps_its_length(tmp_path: Any) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(LONG)
    answer = passed(FileResponse(path.open("rb")))
    assert answer["content-length"] == str(len(LONG))
    answer.close()


@pytest.mark.django_db
def test_the_house_packs_pages_of_the_field_and_no_downloads() -> None:
    client = client_of(cast.cast().lead)
    packed = client.get("/campo/", headers={"accept-encoding": "gzip"})
    plain = client.get("/campo/")
    assert packed["content-encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 2
    assert b"<html" in gzip.decompress(packed.content)
    sheet = client.get(reverse("surveys:export_forms"), headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in sheet.headers
    head = Client().head(reverse("account_login"), headers={"accept-encoding": "gzip"})
    assert head.status_code == 200
    assert int(head["content-length"]) > 0
