"""Papers are drawn in a process of their own, and fetch nothing."""

import re
import subprocess
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from digna.web import pdf


def streams(drawn: bytes) -> Iterator[bytes]:
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", drawn, re.S):
        try:
            yield zlib.decompress(part)
        except zlib.error:
            yield part


def test_a_paper_is_a_tagged_pdf() -> None:
    drawn = pdf.draw("<html lang=es><title>Ñandú</title><h1>Ñandú</h1>")
    assert drawn.startswith(b"%PDF")
    assert any(b"pdfuaid" in stream for stream in streams(drawn))


def test_no_address_is_fetched(tmp_path: Any) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("h1 { color: red }")
    page = f"<link rel=stylesheet href='file://{secret}'><img src='http://localhost:1/x.png'>hola"
    assert pdf.draw(page).startswith(b"%PDF")


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: Any, **_options: Any) -> Any:
        return subprocess.CompletedProcess([], pdf.MISSING, b"", b"")

    monkeypatch.setattr(subprocess, "run", broken)
    with pytest.raises(pdf.NoPaper, match="libpango"):
        pdf.draw("<p>hola")


def test_base_paper_carries_its_style() -> None:
    assert pdf.render("web/base_paper.html", {"has_synthetic": True}).startswith(b"%PDF")
