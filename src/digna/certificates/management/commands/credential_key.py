"""`digna credential_key show|rotate`: the key that signs credentials."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from digna.certificates import keys, signing
from digna.certificates.models import SigningKey
from digna.certificates.services import signing_keys
from digna.journal import actor


class Command(BaseCommand):
    help = "Muestra con qué llave se firman las credenciales, o la cambia por una nueva."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["show", "rotate"])

    def handle(self, *_args: Any, what: str, **_options: Any) -> None:
        if what == "rotate":
            signing_keys.rotate(actor=actor.system(reason="digna credential_key rotate"))
        self.stdout.write(f"en uso: {signing.did_of(keys.private_key())}")
        for key in SigningKey.objects.exclude(retired_at=None):
            self.stdout.write(f"retirada el {key.retired_at:%d/%m/%Y}: {key.did}")
