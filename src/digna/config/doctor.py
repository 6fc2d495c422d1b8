"""The examination behind `digna doctor`: each check says what it found and how to mend it."""

import importlib.util
import shutil
import stat
import sys
from ctypes.util import find_library
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from digna.journal.models import Head, Line
from digna.programmes.models import InstalledKit
from digna.web import pdf

State = Literal["good", "warning", "bad"]
LEAST_FREE = 500 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined."""

    what: str
    state: State
    found: str
    mend: str = ""


def examine() -> list[Finding]:
    """Examine everything; what depends on a broken database is not asked."""
    findings = [check() for check in (python, home, disk, static_files, papers, debug)]
    findings.append(database())
    if findings[-1].state != "bad":
        findings += [check() for check in (migrations, sqlite_mode, journal, kits, tasks)]
    return findings


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < (3, 11):  # noqa: UP036 — this is what a doctor is for
        return Finding("Python", "bad", version, "Instale Python 3.11 o más nuevo.")
    return Finding("Python", "good", version)


def home() -> Finding:
    folder: Path = settings.HOME
    keys = folder / "keys"
    exposed = [
        path.name
        for path in (keys.iterdir() if keys.exists() else ())
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    ]
    if exposed:
        return Finding(
            "Llaves", "bad", f"otros usuarios pueden leer {', '.join(exposed)}",
            f"chmod 600 {keys}/*",
        )  # fmt: skip
    return Finding("Carpeta de datos", "good", str(folder))


def disk() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    text = f"{free / 1e9:.1f} GB libres"
    if free < LEAST_FREE:
        return Finding(
            "Disco", "bad", text, "Libere espacio: con el disco lleno no se guarda nada."
        )
    return Finding("Disco", "good", text)


def static_files() -> Finding:
    mend = "make front && digna collectstatic --noinput"
    try:
        url = staticfiles_storage.url("web/dist/digna.css")
    except (ValueError, ImproperlyConfigured):
        return Finding("Pantallas", "bad", "faltan los estilos compilados", mend)
    return Finding("Pantallas", "good", url)


def papers() -> Finding:
    if importlib.util.find_spec("weasyprint") is None or not find_library("pango-1.0"):
        return Finding("PDF", "warning", "falta una biblioteca", f"apt install {pdf.APT}")
    return Finding("PDF", "good", "WeasyPrint")


def debug() -> Finding:
    if settings.DEBUG:
        return Finding(
            "Modo", "warning", "depuración encendida", "Quite DIGNA_DEBUG en un servidor de verdad."
        )
    is_open = "*" in settings.ALLOWED_HOSTS
    if is_open:
        return Finding(
            "Modo", "warning", "acepta cualquier nombre de servidor (ajustes de prueba)",
            "En producción: DJANGO_SETTINGS_MODULE=digna.config.settings.prod y DIGNA_HOSTS.",
        )  # fmt: skip
    return Finding("Modo", "good", "producción")


def database() -> Finding:
    where = f"{connection.vendor} {connection.settings_dict['NAME']}"
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as problem:
        return Finding(
            "Base de datos", "bad", f"{where}: {problem}",
            "Revise DATABASE_URL y que el servidor esté en marcha.",
        )  # fmt: skip
    return Finding("Base de datos", "good", where)


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        return Finding("Esquema", "bad", f"{len(plan)} migraciones por aplicar", "digna migrate")
    return Finding("Esquema", "good", "al día")


def sqlite_mode() -> Finding:
    if connection.vendor != "sqlite":
        return Finding("Escrituras a la vez", "good", "PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        mode = cursor.fetchone()[0]
    if mode != "wal":
        return Finding(
            "Escrituras a la vez", "bad", f"SQLite en modo {mode}",
            "El disco no admite WAL (¿carpeta de red?). Mueva DIGNA_HOME a un disco local.",
        )  # fmt: skip
    return Finding("Escrituras a la vez", "good", "SQLite WAL")


def journal() -> Finding:
    head = Head.objects.filter(pk=1).first() or Head()
    last = Line.objects.order_by("-id").first()
    count = Line.objects.count()
    is_whole = head.line_count == count and (last is None or last.seal == head.seal)
    if not is_whole:
        return Finding(
            "Diario", "bad", "la última línea no es la sellada",
            "digna journal verify, y compare con un respaldo.",
        )  # fmt: skip
    return Finding("Diario", "good", f"{count} líneas; cadena completa: digna journal verify")


def kits() -> Finding:
    installed = [str(kit) for kit in InstalledKit.objects.all()[:5]]
    if not installed:
        return Finding("Kits", "warning", "ninguno", "digna kit load kits/bolivia")
    return Finding("Kits", "good", ", ".join(installed))


def tasks() -> Finding:
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.ready()
    oldest = waiting.order_by("enqueued_at").first()
    if oldest is not None and timezone.now() - oldest.enqueued_at > timedelta(minutes=5):
        return Finding(
            "Trabajos de fondo", "bad", f"{waiting.count()} en espera hace más de 5 minutos",
            "El trabajador no corre: arranque con «digna serve» o «python -m digna.config.worker».",
        )  # fmt: skip
    return Finding("Trabajos de fondo", "good", f"{waiting.count()} en espera")
