"""`digna demo` and `digna demo --scale 100`: the synthetic programme, small and whole or large."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.demo import bulk, programme
from digna.journal import actor
from digna.programmes.models import InstalledKit


class Command(BaseCommand):
    help = "Carga datos sintéticos: el programa de demostración o, con --scale, uno grande."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--scale", type=float, help="1 = 1.000 personas y 10.000 asistencias")

    def handle(self, *_args: Any, scale: float | None, **_options: Any) -> None:
        if not InstalledKit.objects.filter(code="bolivia").exists():
            raise CommandError("Antes: digna kit load kits/bolivia")
        who = actor.system(reason="datos sintéticos")
        started = time.monotonic()
        if scale is not None:
            bulk.generate(who, scale, self.stdout.write)
        elif programme.is_loaded():
            raise CommandError(
                "El programa de demostración ya está. Para rehacerlo: make demo-reset"
            )
        else:
            programme.load(who)
        self.stdout.write(f"hecho en {time.monotonic() - started:.0f} s")
