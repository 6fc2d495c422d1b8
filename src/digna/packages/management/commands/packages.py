"""`digna packages import FILE…`: bring packages in from the operator's terminal."""

from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError, CommandParser

from digna.errors import Refused
from digna.journal import actor
from digna.packages.services import imports


class Command(BaseCommand):
    """Import packages."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        inner = parser.add_subparsers(dest="what", required=True)
        bring = inner.add_parser("import")
        bring.add_argument("files", nargs="+", type=Path)
        bring.add_argument("--licence", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"]:
            try:
                with path.open("rb") as file:
                    made = imports.import_package(
                        actor=actor.system(reason="digna packages import"),
                        archive=File(file, name=path.name),
                        licence=options["licence"],
                    )
            except OSError as problem:
                raise CommandError(f"{path}: {problem.strerror}") from problem
            except Refused as problem:
                raise CommandError(f"{path.name}: {problem.message}") from problem
            self.stdout.write(f"{made.title} ({made.get_kind_display()})")
