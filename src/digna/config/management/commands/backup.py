"""`digna backup FILE`: everything an installation holds, in one verified file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.config import backup


class Command(BaseCommand):
    help = "Guarda toda la instalación en un archivo y lo comprueba leyéndolo de nuevo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            report = backup.back_up(file)
        except backup.BackupError as problem:
            raise CommandError(str(problem)) from None
        size = file.stat().st_size / 1e6
        self.stdout.write(
            f"{file}: {report.rows} filas de {len(report.tables)} tablas y {report.files} "
            f"archivos, {size:.1f} MB, comprobado.\nSello del diario: {report.seal}\n"
            "Contiene datos personales y las llaves: guárdelo cifrado y fuera de esta máquina."
        )
