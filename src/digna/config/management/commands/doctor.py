"""`digna doctor`: what is wrong with an installation, and how to mend it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.config import doctor

MARKS = {"good": "✔", "warning": "!", "bad": "✘"}


class Command(BaseCommand):
    help = "Revisa la instalación y dice cómo arreglar lo que esté mal."

    def handle(self, *_args: Any, **_options: Any) -> None:
        findings = doctor.examine()
        for finding in findings:
            self.stdout.write(f"{MARKS[finding.state]} {finding.what}: {finding.found}")
            if finding.state != "good":
                self.stdout.write(f"    → {finding.mend}")
        bad = sum(finding.state == "bad" for finding in findings)
        if bad:
            raise CommandError(f"{bad} cosas por arreglar.")
        self.stdout.write("Todo lo indispensable está bien.")
