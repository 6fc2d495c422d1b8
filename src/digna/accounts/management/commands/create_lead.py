"""`digna create_lead NAME E-MAIL`: the first account of an installation."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.accounts.services import members, passwords
from digna.errors import Refused
from digna.journal import actor


class Command(BaseCommand):
    help = "Crea la cuenta de una responsable de programa e imprime su primera contraseña."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("email")

    def handle(self, *_args: Any, name: str, email: str, **_options: Any) -> None:
        who = actor.system(reason="digna create_lead")
        password = secrets.token_urlsafe(12)
        try:
            user = members.create_user(actor=who, name=name, email=email, role="lead")
            passwords.set_first_password(actor=who, user=user, password=password)
        except Refused as problem:
            raise CommandError(str(problem.message)) from None
        self.stdout.write(f"{email}: {password}\nSe le pedirá cambiarla al entrar.")
