"""`digna journal verify`: walk the chain and say whether anything was tampered with."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.journal import selectors
from digna.journal.models import Head


class Command(BaseCommand):
    help = "Comprueba la cadena del diario. Guarde el sello que imprime fuera del servidor."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("--seal", default="", help="un sello anotado antes: debe estar")

    def handle(self, *_args: Any, seal: str, **_options: Any) -> None:
        faults = list(selectors.verify())
        for fault in faults:
            self.stderr.write(fault.message)
        if seal and not selectors.has_seal(seal):
            raise CommandError("El sello anotado no está en el diario: fue reescrito.")
        if faults:
            raise CommandError(f"El diario tiene {len(faults)} faltas.")
        head = Head.objects.filter(pk=1).first() or Head()
        self.stdout.write(f"{head.line_count} líneas, cadena íntegra. Sello: {head.seal}")
