"""`digna restore FILE`: fill an empty installation from a backup, and compare."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.config import backup


class Command(BaseCommand):
    help = "Llena una instalación vacía desde un respaldo; compara cuentas y huellas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="borra antes lo que haya")
        parser.add_argument("--check", action="store_true", help="solo comprueba el archivo")

    def handle(self, *_args: Any, file: Path, replace: bool, check: bool, **_options: Any) -> None:
        try:
            report = backup.check(file) if check else backup.restore(file, replace=replace)
        except backup.BackupError as problem:
            raise CommandError(str(problem)) from None
        verb = "comprobado" if check else "restaurado y comparado"
        self.stdout.write(
            f"{file}: {verb}. {report.rows} filas, {report.files} archivos. "
            f"Sello del diario: {report.seal}"
        )
