"""`digna mentoring release`: free the places that nobody answered for in time."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from digna.journal import actor
from digna.mentoring.services import pairs


class Command(BaseCommand):
    help = "Libera los lugares de mentores que no respondieron a tiempo. Una vez al día basta."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["release"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        count = pairs.release_late(actor=actor.system(reason="digna mentoring release"))
        self.stdout.write(f"· lugares liberados: {count}")
