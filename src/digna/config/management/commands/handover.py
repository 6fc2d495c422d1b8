"""`digna handover --partner CODE --out FILE` and `digna handover receive FILE`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.errors import Refused
from digna.partners import packing, receiving
from digna.registry.models import Organisation


class Command(BaseCommand):
    help = "Hace la copia de trabajo de un socio, o la recibe en una instalación nueva."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", nargs="?", choices=["pack", "receive", "check"], default="pack")
        parser.add_argument("file", nargs="?", type=Path, help="la copia que se recibe")
        parser.add_argument("--partner", help="código del socio")
        parser.add_argument("--out", type=Path, help="dónde se escribe la copia")

    def handle(self, *_args: Any, what: str, file: Path | None, **options: Any) -> None:
        if what == "pack":
            return self._pack(options["partner"], options["out"])
        if file is None:
            raise CommandError("Diga qué archivo: digna handover receive FILE")
        try:
            self._check(file) if what == "check" else self._receive(file)
        except Refused as problem:
            raise CommandError(f"{problem.message} ({problem.code})") from None

    def _pack(self, code: str | None, out: Path | None) -> None:
        if not code or out is None:
            raise CommandError("Diga el socio y el archivo: --partner CODE --out FILE")
        partner = Organisation.objects.filter(code=code, is_partner=True).first()
        if partner is None:
            known = ", ".join(
                Organisation.objects.filter(is_partner=True).values_list("code", flat=True)
            )
            raise CommandError(f"No hay socio con el código {code}. Hay: {known or 'ninguno'}")
        packed = packing.pack(partner, out)
        self._tell(packed.manifest)
        self.stdout.write(
            f"{out}: {packed.size / 1e6:.1f} MB · sha256 {packed.sha256}\n"
            "Contiene datos personales: entréguela cifrada y contra recibo."
        )

    def _check(self, file: Path) -> None:
        self._tell(receiving.check(file))
        self.stdout.write(f"{file}: comprobada.")

    def _receive(self, file: Path) -> None:
        received = receiving.receive(file)
        self._tell(received.manifest)
        self.stdout.write(
            f"Recibida y comparada: {sum(received.rows.values())} filas, {received.files} "
            "archivos.\nNinguna clave viaja: cree la primera cuenta con "
            "digna create_lead «NOMBRE» CORREO y dé claves a las demás desde Cuentas."
        )

    def _tell(self, manifest: dict[str, Any]) -> None:
        people, firms = manifest["people"], manifest["firms"]
        self.stdout.write(
            f"{manifest['partner']['name']} ({manifest['partner']['code']})\n"
            f"  personas: {people['total']}, con identidad {people['whole']}, "
            f"sin identidad {people['reduced']}\n"
            f"  empresas: {firms['total']}, con identidad {firms['whole']}, "
            f"sin identidad {firms['reduced']}"
        )
        for label, reasons in manifest["left_out"].items():
            told = ", ".join(f"{why} {n}" for why, n in reasons.items())
            self.stdout.write(f"  se quedan de {label}: {told}")
