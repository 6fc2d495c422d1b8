"""`digna xapi_key LABEL`: let a program in from the operator's terminal; the secret shows once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from digna.journal import actor
from digna.xapi.models import AccessKey
from digna.xapi.services import keys


class Command(BaseCommand):
    """Make a key."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("label")
        parser.add_argument("--scope", choices=AccessKey.Scope.values, default="all")

    def handle(self, *args: Any, **options: Any) -> None:
        secret = keys.new_secret("clave")
        keys.make(
            actor=actor.system(reason="digna xapi_key"),
            label=options["label"],
            scope=options["scope"],
            secret=secret,
        )
        self.stdout.write(f"{secret.name} {secret.password}")
