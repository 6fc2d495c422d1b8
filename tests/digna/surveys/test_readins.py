"""What Kobo and ODK Central exported is read in, once, with a report."""

import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import cast
from cast import client_of
from digna.surveys.models import Submission, SubmissionVersion
from digna.surveys.reading import instances, trees
from surveys import phone
from surveys.phone import JPG, filled

pytestmark = pytest.mark.django_db


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(name: str, content: bytes, client: Any = None) -> str:
    form = Submission.objects.first()
    row = form.form if form else phone.form()
    client = client or client_of(cast.cast().lead)
    url = reverse("surveys:read_in", args=[row.public_id])
    return str(client.post(url, {"file": SimpleUploadedFile(name, content)}).content.decode())


def value(path: str) -> list[str]:
    root = trees.parse(SubmissionVersion.objects.get().plain, most=instances.MOST_XML)
    return list(instances.values_at(root, path))


def test_a_zip_of_xml_with_files_beside_each() -> None:
    content = zipped(
        **{
            "instances/uuid1/submission.xml": filled("uuid:1"),
            "instances/uuid1/chompa.jpg": JPG,
            "instances/uuid2/submission.xml": filled("uuid:2"),
            "instances/uuid3/submission.xml": b"<roto",
            "instances/uuid4/submission.xml": filled("uuid:4", form_id="otro"),
        }
    )
    told = read("todo.zip", content)
    assert "Nuevos: 2. Ya estaban: 0. No se tomaron: 2." in told
    row = Submission.objects.get(instance_id="uuid:1")
    assert row.source == "read_in"
    assert row.attachments.get().size == len(JPG)
    assert SubmissionVersion.objects.get(instance_id="uuid:1").plain == filled("uuid:1")
    again = read("todo.zip", content)
    assert "Nuevos: 0. Ya estaban: 2." in again


def test_kobo_s_json() -> None:
    row = {
        "_id": 7, "_uuid": "abc", "__version__": "1",
        "datos/nombre": "Tejidos", "datos/personas": 4,
        "lugar": "-16.5 -68.15 0 0",
        "productos": [{"productos/producto": "Chompa", "productos/precio": "12.5"},
                      {"productos/producto": "Gorro"}],
    }  # fmt: skip
    assert "Nuevos: 1." in read("data.json", json.dumps({"results": [row]}).encode())
    assert Submission.objects.get().instance_id == "uuid:abc"
    assert value("datos/nombre") == ["Tejidos"]
    assert value("productos/producto") == ["Chompa", "Gorro"]


def test_csv_of_central_with_its_repeats() -> None:
    main = b"SubmissionDate,datos-nombre,datos-personas,lugar-Latitude,lugar-Longitude,KEY\n"
    main += b"2026-01-01,Tejidos,4,-16.5,-68.1,uuid:1\n"
    products = b"producto,precio,PARENT_KEY,KEY\nChompa,120,uuid:1,uuid:1/productos[1]\n"
    content = zipped(**{"empresas.csv": main, "empresas-productos.csv": products})
    assert "Nuevos: 1." in read("empresas.csv.zip", content)
    assert value("datos/personas") == ["4"]
    assert value("lugar") == ["-16.5 -68.1 0 0"]
    assert value("productos/producto") == ["Chompa"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.zip", b"PK no"), ("a.json", b"{"), ("a.json", b"[1]"), ("a.csv", b"a,b\n1,2\n"),
     ("a.csv", b"\xff\xfe"), ("a.exe", b"MZ"), ("a.zip", zipped(**{"../x.xml": b"<a/>"}))],
)  # fmt: skip
def test_what_is_no_export_is_refused(name: str, content: bytes) -> None:
    assert "No es un archivo exportado" in read(name, content)
    assert not Submission.objects.exists()
