"""Memory and time of a questionnaire's export, by number of submissions.

Fills a throw-away database (rows laid down at once, as a restored backup would be), exports it to
xlsx and csv, and prints seconds of processor and the peak of memory for each.

    python benchmarks/surveys_export.py [--count 1000000] [--format xlsx|csv]
"""

import argparse
import os
import resource
import sys
import tempfile
import time
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Fill, export, say."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--count", type=int, default=1_000_000)
    cli.add_argument("--format", choices=("xlsx", "csv"), default="xlsx")
    told = cli.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"DIGNA_HOME": home, "DJANGO_SETTINGS_MODULE": "digna.config.settings.dev"}
        os.environ.pop("DATABASE_URL", None)
        sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests"), str(ROOT / "tests" / "digna")]
        _run(told.count, told.format)


def _run(count: int, kind: str) -> None:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    form = _fill(count)
    from digna.surveys import exporting
    from digna.surveys.models import Submission
    from digna.surveys.reading.tables import Wishes

    before, began = _peak(), time.process_time()
    plan = exporting.layout(form, Wishes())
    made = getattr(exporting, "xlsx" if kind == "xlsx" else "csv_zip")
    with made(Submission.objects.filter(form=form), plan) as file:
        size = file.seek(0, 2)
    spent = time.process_time() - began
    rows = sum(table.count for table in plan.tables)
    print(
        f"{count} submissions, {rows} rows, {kind}: {spent:.0f} s of processor, "
        f"peak {_peak():.0f} MB (before {before:.0f}), file {size / 1e6:.0f} MB"
    )


def _fill(count: int):  # type: ignore[no-untyped-def]
    from surveys import phone

    from digna.surveys.models import Submission, SubmissionVersion

    form = phone.form()
    version = form.versions.get()
    for start in range(0, count, 5000):
        numbers = range(start, min(start + 5000, count))
        made = Submission.objects.bulk_create(
            Submission(form=form, instance_id=f"uuid:{n}", source="openrosa") for n in numbers
        )
        SubmissionVersion.objects.bulk_create(
            SubmissionVersion(
                submission=one, form=form, version=version, number=1, instance_id=one.instance_id,
                xml=phone.filled(one.instance_id, nombre=f"Taller {one.pk}"),
                sha256=uuid.uuid4().hex,
            )
            for one in made
        )  # fmt: skip
    return form


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
