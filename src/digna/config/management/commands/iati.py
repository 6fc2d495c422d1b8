"""`digna iati`: judge IATI files without network, and keep the code lists they are judged by."""

import datetime
import json
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from digna_engines.errors import EngineError

UNREADABLE = 2
_LABELS = {
    "es": {"error": "error", "warning": "aviso", "not checked": "sin revisar"},
    "en": {"error": "error", "warning": "warning", "not checked": "not checked"},
}
_TOTALS = {
    "es": "{errors} errores · {warnings} avisos · {not_checked} sin revisar",
    "en": "{errors} errors · {warnings} warnings · {not_checked} not checked",
}


class Command(BaseCommand):
    help = "Revisa archivos IATI 2.03 sin conexión y guarda sus listas de códigos."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        _validate_arguments(acts.add_parser("validate", help="revisar un archivo"))
        leave = acts.add_parser("export", help="escribir un programa como actividad IATI")
        leave.add_argument("--programme", required=True, help="el código del programa")
        leave.add_argument("--out", required=True, help="el archivo que se escribe")
        leave.add_argument("--lang", choices=("es", "en"), default="es")
        lists = acts.add_parser("codelists", help="las listas de códigos importadas")
        steps = lists.add_subparsers(dest="step", required=True)
        take = steps.add_parser("import", help="importar una lista, una carpeta o un ZIP")
        take.add_argument("source", help="archivo, carpeta, ZIP o dirección http(s)")
        steps.add_parser("list", help="qué listas hay")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["act"] == "validate":
            self._validate(options)
        elif options["act"] == "export":
            self._export(options)
        elif options["step"] == "import":
            self._import(options["source"])
        else:
            self._list()

    def _validate(self, options: dict[str, Any]) -> None:
        from digna.results import codelists
        from digna_engines.iati import validate

        language = options["lang"]
        today = options["as_of"] or timezone.now().date()  # UTC, as files are dated
        try:
            report = validate(options["file"], codelists=codelists.kept(), as_of=today)
        except EngineError as problem:
            if options["json"]:
                self._write_json([_unreadable(problem, language)])
            raise CommandError(problem.message(language), returncode=UNREADABLE) from problem
        if options["json"]:
            self._write_json([one.to_plain(language) for one in report.findings])
        else:
            self._tell(report, language)
        if not report.is_clean:
            raise SystemExit(1)

    def _export(self, options: dict[str, Any]) -> None:
        """Write the file whatever is found in it; 1 when it could not be published."""
        from digna.programmes.models import Programme
        from digna.results.iati import composing, judging

        found = Programme.objects.filter(code=options["programme"]).first()
        if found is None:
            said = f"No hay un programa «{options['programme']}»."
            raise CommandError(said, returncode=UNREADABLE)
        at = timezone.now()
        with translation.override(options["lang"]):
            composed = composing.compose(found, at)
            for lack in composed.lacks:
                mark = "!" if lack.is_required else "(reservado)" if lack.is_reserved else "-"
                self.stderr.write(f"{mark} {lack.sentence}")
        try:
            Path(options["out"]).write_bytes(composed.content)
            report = judging.report_on(composed.content, at)
        except (OSError, EngineError) as problem:
            raise CommandError(str(problem), returncode=UNREADABLE) from problem
        self._tell(report, options["lang"])
        if report.errors:
            raise SystemExit(1)

    def _tell(self, report: Any, language: str) -> None:
        for one in report.findings:
            where = "-" if one.line is None else one.line
            label = _LABELS[language][one.severity]
            self.stdout.write(f"{where}: {label} {one.rule}: {one.message(language)}")
            self.stdout.write(f"    {one.path}")
        self.stdout.write(
            _TOTALS[language].format(
                errors=len(report.errors),
                warnings=len(report.warnings),
                not_checked=len(report.not_checked),
            )
        )

    def _write_json(self, rows: list[dict[str, object]]) -> None:
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))

    def _import(self, source: str) -> None:
        from digna.results import codelists

        try:
            found = codelists.gather(source)
            codelists.keep(found.lists)
        except EngineError as problem:
            raise CommandError(problem.message_es, returncode=UNREADABLE) from problem
        for one in found.lists:
            self.stdout.write(f"{one.name}: {len(one.codes)} códigos")
        for name, why in found.skipped:
            self.stdout.write(f"  ! {name}: {why.message_es}")
        self.stdout.write(f"{len(found.lists)} listas importadas en {codelists.folder()}")

    def _list(self) -> None:
        from digna.results import codelists
        from digna_engines.iati.codelists import OWN
        from digna_engines.iati.codes import PLACES

        try:
            imported = {one.name: one for one in codelists.kept()}
        except EngineError as problem:
            raise CommandError(problem.message_es, returncode=UNREADABLE) from problem
        for name in sorted({*OWN, *imported, *PLACES}):
            one = imported.get(name) or OWN.get(name)
            if one is None:
                self.stdout.write(f"{name}: falta (sus códigos no se revisan)")
            else:
                whence = "importada" if name in imported else "propia"
                self.stdout.write(f"{name}: {len(one.codes)} códigos, {whence}")


def _validate_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", help="el archivo XML")
    parser.add_argument("--json", action="store_true", help="responder en JSON")
    parser.add_argument("--lang", choices=("es", "en"), default="es", help="idioma de los mensajes")
    parser.add_argument(
        "--as-of", type=_date, default=None, help="el día que cuenta como hoy (AAAA-MM-DD)"
    )


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as problem:
        raise ArgumentTypeError(f"«{text}» no es una fecha AAAA-MM-DD") from problem


def _unreadable(problem: EngineError, language: str) -> dict[str, object]:
    return {
        "rule": "digna.unreadable",
        "severity": "error",
        "line": problem.details.get("line"),
        "path": "/",
        "message": problem.message(language),
        "field": "",
    }
