"""`digna rounds solve FILE.json`: a business-round timetable from a file, without a database."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna_engines.errors import EngineError


class Command(BaseCommand):
    help = "Arma la agenda de una rueda de negocios a partir de un archivo JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        solve = acts.add_parser("solve", help="calcular la agenda")
        solve.add_argument("file", help="el archivo, o - para la entrada estándar")
        solve.add_argument("--json", action="store_true", help="responder en JSON")
        solve.add_argument("--seconds", type=float, default=10.0, help="segundos de cálculo")
        solve.add_argument("--seed", type=int, default=0, help="semilla de los empates")
        solve.add_argument("--keep", default="", help="agenda en JSON que se quiere cambiar poco")

    def handle(self, *_args: Any, **options: Any) -> None:
        from digna_engines.rounds import Round, Timetable, solve  # brings NumPy and SciPy

        try:
            round_ = Round.from_plain(_read(options["file"]))
            keep = Timetable.from_plain(_read(options["keep"])) if options["keep"] else None
            found = solve(round_, seconds=options["seconds"], seed=options["seed"], keep=keep)
        except EngineError as problem:
            raise CommandError(f"{problem.message_es}\n{problem.message_en}") from problem
        if options["json"]:
            self.stdout.write(json.dumps(found.to_plain(), ensure_ascii=False, indent=1))
        else:
            self._tell(round_, found)

    def _tell(self, round_: Any, found: Any) -> None:
        names = {party.key: party.name or party.key for party in round_.parties}
        times = {slot.key: f"{slot.starts_at:%H:%M}" for slot in round_.slots}
        share = found.share_of_bound
        told = "sin dato" if share is None else f"{share:.2%}"
        self.stdout.write(
            f"{_counted(len(found.meetings), 'reunión', 'reuniones')} · valor {found.value} de una "
            f"cota de {found.upper_bound} ({told}) · "
            f"{_counted(len(found.unmet), 'deseo', 'deseos')} sin reunión"
        )
        for meeting in found.meetings:
            where = f"mesa {meeting.table}" if meeting.table else "video"
            self.stdout.write(
                f"  {times[meeting.slot]}  {where:<8} "
                f"{names[meeting.buyer]} – {names[meeting.seller]}"
            )
        for unmet in found.unmet:
            self.stdout.write(
                f"  × {names[unmet.buyer]} – {names[unmet.seller]}: {unmet.sentence('es')}"
            )


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _read(name: str) -> Any:
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8")
        found = json.loads(text)
    except (OSError, ValueError) as problem:
        raise CommandError(f"No se puede leer «{name}»: {problem}") from problem
    if not isinstance(found, dict):
        raise CommandError(f"«{name}» debe ser un objeto JSON con slots, parties, wishes y tables.")
    return found
