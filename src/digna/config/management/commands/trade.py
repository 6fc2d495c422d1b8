"""`digna trade`: world trade data on this machine, without a database and without a network."""

import json
import signal
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from digna.config import trade_report
from digna.config.home import home
from digna_engines.errors import EngineError

FLOWS = ("baci", "comtrade", "national")
BESIDE = ("tariffs", "distances", "concordance", "names", "macro")
HS_EDITIONS = ("92", "96", "02", "07", "12", "17", "22")


class Command(BaseCommand):
    help = "Trae y muestra datos de comercio mundial."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        _import_arguments(acts.add_parser("import", help="traer un archivo"))
        _common_arguments(acts.add_parser("releases", help="ver qué datos hay"))

    def handle(self, *_args: Any, **options: Any) -> None:
        language = options["lang"]
        try:
            with _ends_cleanly():
                _ACTS[options["act"]](self, options)
        except EngineError as problem:
            raise CommandError(f"{problem.message(language)} [{problem.code}]") from problem
        except OSError as problem:
            raise CommandError(f"{problem.filename}: {problem.strerror}") from problem

    def bring(self, options: Mapping[str, Any]) -> None:
        """Take in a release of flows, or a table that lies beside them."""
        if options["source"] in BESIDE:
            self._bring_beside(options)
        else:
            self._bring_release(options)

    def _bring_release(self, options: Mapping[str, Any]) -> None:
        from digna_engines.trade.importing import import_release  # brings DuckDB

        language = options["lang"]
        report = import_release(
            trade_home(),
            options["path"],
            source=options["source"],
            hs=options["hs"],
            release=options["release"],
            years=_years(options["years"]),
            mapping=_mapping(options["mapping"]),
            progress=trade_report.Progress(language),
        )
        if options["json"]:
            self.stdout.write(json.dumps(report.to_plain(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(trade_report.lines(report, language)))

    def _bring_beside(self, options: Mapping[str, Any]) -> None:
        from importlib import import_module

        source = options["source"]
        origin = import_module(f"digna_engines.trade.{source}").bring(
            trade_home(), Path(options["path"])
        )
        if options["json"]:
            plain = {"source": source, "file": origin.file.name, "rows": origin.rows,
                     "sha256": origin.file.sha256, "attribution": origin.attribution}  # fmt: skip
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(trade_report.kept_line(source, origin, options["lang"]))

    def releases(self, options: Mapping[str, Any]) -> None:
        """List the releases there are."""
        from digna_engines.trade.store import stores

        language, found = options["lang"], stores(trade_home())
        if options["json"]:
            plain = {name: told.to_plain() for name, told in found}
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=1))
            return
        for name, told in found:
            mark = " (inventado / invented)" if told.synthetic else ""
            self.stdout.write(trade_report.release_line(name, told, language) + mark)
        if not found:
            none = ("No hay datos. Traiga un archivo con «digna trade import».",
                    "There are no data. Bring a file with “digna trade import”.")  # fmt: skip
            self.stdout.write(trade_report.said(none, language))


_ACTS = {"import": Command.bring, "releases": Command.releases}


def trade_home() -> Path:
    """Return the folder of the stores, and of what lies beside them."""
    folder = home() / "trade"
    folder.mkdir(exist_ok=True)
    return folder


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", help="un zip, un archivo o una carpeta")
    parser.add_argument("--source", choices=(*FLOWS, *BESIDE), help="de qué es el archivo")
    parser.add_argument("--hs", choices=HS_EDITIONS, help="edición del Sistema Armonizado: 17")
    parser.add_argument("--release", help="versión, si el nombre no la dice: 202501")
    parser.add_argument("--years", help="solo algunos años: 2019-2023 o 2021,2023")
    parser.add_argument("--mapping", help="cómo está escrito un archivo nacional (YAML)")
    _common_arguments(parser)


def _common_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="responder en JSON")
    parser.add_argument("--lang", choices=("es", "en"), default="es", help="idioma del informe")


def _years(text: str | None) -> list[int] | None:
    if text is None:
        return None
    found: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        if not first.strip().isdigit() or not (last or first).strip().isdigit():
            raise CommandError(f"--years: «{part}» no es un año ni un tramo como 2019-2023.")
        found += range(int(first), int(last or first) + 1)
    return found


def _mapping(name: str | None) -> Mapping[str, Any] | None:
    if name is None:
        return None
    import yaml

    try:
        found = yaml.safe_load(Path(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as problem:
        raise CommandError(f"No se puede leer «{name}»: {problem}") from problem
    if not isinstance(found, dict):
        raise CommandError(f"«{name}» debe ser un objeto YAML: vea docs/howto/bring-trade-data.md.")
    return found


@contextmanager
def _ends_cleanly() -> Iterator[None]:
    """Let a request to stop unwind what is being done, so that nothing half-made is left."""

    def stop(number: int, _frame: object) -> None:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
