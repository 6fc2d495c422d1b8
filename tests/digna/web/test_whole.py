"""A request that was cut is not carried out with the part that came."""

import io

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http.request import UnreadablePostError
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from digna.web.whole import Cut, Whole, whole_requests

FORM = encode_multipart(BOUNDARY, {"name": "Ana", "photo": io.BytesIO(b"foto" * 5_000)})


def request_of(body: bytes, promised: int) -> WSGIRequest:
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": MULTIPART_CONTENT,
        "CONTENT_LENGTH": str(promised),
        "wsgi.input": io.BytesIO(body),
    }
    passed: list[WSGIRequest] = []
    whole_requests(lambda told, _start: passed.append(WSGIRequest(told)) or [])(environ, None)
    return passed[0]


def test_a_whole_form_is_read_as_ever() -> None:
    request = request_of(FORM, len(FORM))
    assert request.POST["name"] == "Ana"
    assert len(request.FILES["photo"].read()) == 20_000


@pytest.mark.parametrize("came", [0, 40, len(FORM) // 2, len(FORM) - 1])
def test_a_cut_form_is_no_form(came: int) -> None:
    with pytest.raises(UnreadablePostError):
        request_of(FORM[:came], len(FORM)).POST  # noqa: B018
    with pytest.raises(UnreadablePostError):
        request_of(FORM[:came], len(FORM)).body  # noqa: B018


def test_nothing_is_read_beyond_what_was_promised() -> None:
    body = Whole(io.BytesIO(b"one\ntwo\nmore"), 8)
    assert [body.readline(), body.read(2), body.read(), body.read(), body.readline()] == [
        b"one\n", b"tw", b"o\n", b"", b"",
    ]  # fmt: skip
    with pytest.raises(Cut):
        Whole(io.BytesIO(b"on"), 8).read(8)
