"""Memory and time of a questionnaire's export, by number of submissions.

Fills a throw-away SQLite (copies of one row with other names, laid down by the database itself),
has the worker's task make csv and xlsx of it, each in a process of its own, and prints seconds of
processor, the memory at a tenth of the way and at its peak, and the size of the file.

    python benchmarks/surveys_export.py [--count 1000000]
"""

import argparse
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Fill, export, say."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--count", type=int, default=1_000_000)
    told = cli.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DIGNA_HOME": home, "DJANGO_SETTINGS_MODULE": "digna.config.settings.dev"}
        os.environ.pop("DATABASE_URL", None)
        sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "digna")]
        for job, arguments in ((_prepare, (told.count,)), (_run, ("csv",)), (_run, ("xlsx",))):
            one = multiprocessing.get_context("spawn").Process(target=job, args=arguments)
            one.start()
            one.join()
            if one.exitcode:
                sys.exit(one.exitcode)


def _prepare(count: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    began = time.process_time()
    _fill(count)
    print(f"filled with {count:,} submissions in {time.process_time() - began:.0f} s", flush=True)


def _run(kind: str) -> None:
    import django

    django.setup()
    from digna.accounts.models import User
    from digna.surveys import making
    from digna.surveys.models import Export, SurveyForm

    form = SurveyForm.objects.select_related("programme").get()
    row = Export.objects.create(
        user=User.objects.get(), form=form, digest=kind,
        asked={"formato": kind, "lengua": "es-bo"},
    )  # fmt: skip
    memory, tell = [], making._tell

    def telling(export: Export, done: int) -> None:
        tell(export, done)
        memory.append(_peak())

    making._tell = telling
    before, began, wall = _peak(), time.process_time(), time.monotonic()
    making.make(row)
    spent, waited = time.process_time() - began, time.monotonic() - wall
    row.refresh_from_db()
    print(
        f"{row.done:,} submissions, {kind}, {row.state}: {spent:.1f} s of processor "
        f"({waited:.0f} s by the clock); memory {before:.0f} MB before, "
        f"{memory[len(memory) // 10]:.0f} at a tenth, {_peak():.0f} at its peak; "
        f"file {row.size / 1e6:.1f} MB",
        flush=True,
    )


def _fill(count: int) -> None:
    from surveys import phone

    import make
    from digna.surveys.models import Submission, SubmissionVersion

    make.user("Elena", role="lead")
    form = phone.form()
    one = Submission.objects.create(form=form, instance_id="uuid:0", source="openrosa")
    version = SubmissionVersion.objects.create(
        submission=one, form=form, version=form.versions.get(), number=1, instance_id="uuid:0",
        xml=phone.filled("uuid:0", nombre="Taller 0"), sha256="",
    )  # fmt: skip
    key = {"id": "i + {}", "public_id": "lower(hex(randomblob(16)))", "instance_id": "'uuid:' || i"}
    xml = "CAST(replace(replace(xml, 'uuid:0', 'uuid:' || i), 'Taller 0', 'Taller ' || i) AS BLOB)"
    _copy(one, count, key)
    _copy(version, count, {**key, "submission_id": f"i + {one.pk}", "xml": xml})


def _copy(row: Any, count: int, told: dict[str, str]) -> None:
    """Lay down copies of a row, `told` saying in SQL what is another in each (i from 1)."""
    from django.db import connection

    names = [field.column for field in row._meta.concrete_fields]
    values = ", ".join(told.get(name, name).format(row.pk) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({', '.join(names)}) "
            "WITH RECURSIVE n(i) AS "
            f"(SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count - 1}) "
            f"SELECT {values} FROM {row._meta.db_table} AS one, n WHERE one.id = {row.pk}"
        )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
