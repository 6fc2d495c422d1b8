"""`digna kit check PATH` and `digna kit load PATH`: a folder of instruments, read and installed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.journal import actor
from digna.programmes import kitfile
from digna.programmes.services import kits


class Command(BaseCommand):
    help = "Lee un kit y, con «load», lo instala. Muestra todas las faltas con archivo y línea."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["check", "load"])
        parser.add_argument("path", type=Path)

    def handle(self, *_args: Any, what: str, path: Path, **_options: Any) -> None:
        try:
            kit = kitfile.read_kit(path)
        except kitfile.KitError as error:
            for fault in error.faults:
                where = f"{fault.file}:{fault.line}:{fault.column}"
                self.stderr.write(f"{where}: {fault.message_es}")
            raise CommandError(f"{path}: {len(error.faults)} faltas; no se instaló nada.") from None
        if what == "load":
            kits.install_kit(actor=actor.system(reason=f"digna kit load {path}"), kit=kit)
        self.stdout.write(f"{kit.code} {kit.version}: {'instalado' if what == 'load' else 'bien'}")
