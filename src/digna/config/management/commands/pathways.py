"""`digna pathways import FILE`: take in a dump of official procedures; nothing is published."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.errors import Refused
from digna.journal import actor
from digna.pathways.selectors.official import faults
from digna.pathways.services import official


class Command(BaseCommand):
    help = "Lee un archivo de trámites oficiales y propone diferencias para que alguien las revise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        take = acts.add_parser("import", help="leer un archivo JSON del portal de trámites")
        take.add_argument("file", help="el archivo")

    def handle(self, *_args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as problem:
            raise CommandError(f"No se puede leer «{path}»: {problem.strerror}.") from problem
        who = actor.system(reason="digna pathways import")
        try:
            file = official.take_in(actor=who, name=path.name, content=content)
        except Refused as problem:
            raise CommandError(str(problem.message)) from problem
        self.stdout.write(
            f"{file.read_count} leídos · {file.new_count} nuevos · {file.changed_count} cambiados "
            f"· {file.proposed_count} diferencias por revisar"
        )
        for record, what, found in faults(file):
            self.stdout.write(f"  ! {record}: {what}" + (f" («{found}»)" if found else ""))
