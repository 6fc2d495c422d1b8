"""`digna messages compile|check|update`: the interface's translations."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.config import messages


class Command(BaseCommand):
    help = "Compila las traducciones, dice qué falta, o lo agrega para traducir."
    requires_system_checks: Any = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["compile", "check", "update"])

    def handle(self, *_args: Any, what: str, **_options: Any) -> None:
        if what == "compile":
            self.stdout.write(f"{messages.compile_all()} catálogos compilados.")
        elif what == "update":
            self.stdout.write(f"{messages.update()} mensajes agregados, por traducir.")
        else:
            gaps = messages.untranslated()
            for room, missing in gaps.items():
                for message, where in missing:
                    self.stderr.write(f"{where}: {message!r}")
                self.stderr.write(f"{room}: faltan {len(missing)}")
            if gaps:
                raise CommandError("Hay textos sin traducir.")
            self.stdout.write("Todo está traducido.")
