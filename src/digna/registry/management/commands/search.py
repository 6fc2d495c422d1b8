"""`digna search rebuild`: make the index behind search anew; it is derived from the register."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from digna.registry import search


class Command(BaseCommand):
    help = "Rehace el índice de búsqueda a partir del registro."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["rebuild"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        with transaction.atomic():
            count = search.rebuild()
        self.stdout.write(f"{count} fichas en el índice.")
