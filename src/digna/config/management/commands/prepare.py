"""`digna prepare`: bring an installation to where people can sign in; safe to run every time."""

import gc
from argparse import ArgumentParser
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from digna.config import first_migration
from digna.demo import programme
from digna.journal import actor
from digna.programmes import kitfile
from digna.programmes.services import kits

KITS = (
    "bolivia",
    "score",
    "studies",
    "formal",
    "export",
    "tourism",
    "reactivate",
    "rounds",
    "impulsa",
    "mejora",
    "volver",
    "exportar",
    "ficha",
    "markets",
    "fichas",
    "learning",
    "measurement",
)
"""The kits of every installation, each before those that lean on it."""


class Command(BaseCommand):
    help = "Migra, carga los kits y, la primera vez, el programa de demostración."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="sin datos de demostración")
        parser.add_argument("--reset", action="store_true", help="borra TODO y carga de nuevo")

    def handle(self, *_args: Any, no_demo: bool, reset: bool, **_options: Any) -> None:
        if reset:
            self._empty()
        gc.set_threshold(100_000, 50, 50)  # thousands of records live to the end of this process
        with self._first_time():
            call_command("migrate", verbosity=0, interactive=False)
        known: kitfile.Known = {}
        for code in KITS:
            kit = kitfile.read_kit(settings.KITS / code, known)
            kits.install_kit(actor=actor.system(reason="digna prepare"), kit=kit)
        if any((settings.HOME / "trade").glob("*/manifest.json")):
            from digna.markets import working  # heavy, and only where there are trade data

            working.register_stores()
        if not no_demo:
            if programme.is_loaded():
                self.stdout.write("· programa de demostración: ya estaba")
            else:
                self.stdout.write("· cargando el programa de demostración (datos sintéticos)")
                programme.load(actor.system(reason="datos sintéticos de demostración"))
            self._print_sign_ins()

    @staticmethod
    def _first_time() -> AbstractContextManager[None]:
        has_tables = bool(connection.introspection.table_names())
        return nullcontext() if has_tables else first_migration.rendered_once()

    def _empty(self) -> None:
        """Only ever called by `make demo-reset`: the demo is thrown away with everything else."""
        if connection.introspection.table_names():
            call_command("flush", verbosity=0, interactive=False)

    def _print_sign_ins(self) -> None:
        self.stdout.write("\nCuentas de demostración (la misma contraseña para todas):")
        for account in programme.ACCOUNTS:
            self.stdout.write(f"  {account.email:<28} {account.title}")
        self.stdout.write(f"  contraseña: {programme.PASSWORD}\n")
        self.stdout.write(f"Abra http://localhost:{self._port()}  ·  Ctrl-C para terminar\n")

    @staticmethod
    def _port() -> str:
        import os

        return os.environ.get("PORT", "8000")
