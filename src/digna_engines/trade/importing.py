"""The front door of an import: look, see whether it is there already, read, build."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from digna_engines.errors import EngineError
from digna_engines.trade.building import build
from digna_engines.trade.connecting import connect
from digna_engines.trade.gathered import Gathered
from digna_engines.trade.manifest import FILE, Manifest, SourceFile, release_id
from digna_engines.trade.reading import baci, comtrade, national
from digna_engines.trade.reports import Progress, Report, silent
from digna_engines.trade.workspace import workspace

SOURCES = ("baci", "comtrade", "national")


class Plan(Protocol):
    """What every reader tells before it reads: enough to know whether it was read before."""

    @property
    def hs(self) -> str: ...

    @property
    def release(self) -> str: ...

    @property
    def source(self) -> str: ...

    @property
    def choices(self) -> str: ...

    def files(self) -> tuple[SourceFile, ...]: ...

    def gather(self, working: Path, database: Any, progress: Progress) -> Gathered: ...


def import_release(
    root: str | Path,
    path: str | Path,
    *,
    source: str | None = None,
    hs: str | None = None,
    release: str | None = None,
    years: Iterable[int] | None = None,
    mapping: Mapping[str, Any] | None = None,
    progress: Progress = silent,
) -> Report:
    """Read files of world trade into a store under ``root``.

    Symbols: ``source`` one of ``SOURCES``, told by the file when it is left out; ``hs`` the
    edition as two digits; ``years`` some of those there are; ``mapping`` how a national file is
    written, parsed (``reading.national``); ``progress`` is told (step, done, of how many).
    Edge cases: files that were imported before are recognised by their hashes and not read again.
    Errors: ``EngineError`` with file, line, column and remedy; nothing is left of what failed.
    """
    folder, file = Path(root), Path(path)
    kind = source or told_by(file)
    wanted = frozenset(years) if years is not None else None
    progress("looking", 0, None)
    plan = _plan(kind, file, hs, release, wanted, mapping)
    name = release_id(plan.source, plan.hs, plan.release, plan.files(), plan.choices)
    if (folder / name / FILE).is_file():
        return Report(name, str(folder / name), Manifest.read(folder / name), already=True)
    with workspace(folder) as working:
        database = connect(working)
        try:
            gathered = plan.gather(working, database, progress)
            return build(folder, gathered, working=working, connection=database, progress=progress)
        finally:
            database.close()


def told_by(path: Path) -> str:
    """The source a file is of, by its name.

    >>> told_by(Path("BACI_HS17_V202501.zip"))
    'baci'
    """
    if path.suffix.lower() == ".zip" or path.is_dir() or path.name.upper().startswith("BACI"):
        return "baci"
    return "comtrade"


def _plan(
    kind: str, file: Path, hs: str | None, release: str | None,
    years: frozenset[int] | None, mapping: Mapping[str, Any] | None,
) -> Plan:  # fmt: skip
    if kind == "baci":
        return baci.plan(file, hs=hs, release=release, years=years)
    if kind == "comtrade":
        return comtrade.plan(file, hs=hs, release=release)
    if kind == "national":
        return national.plan(file, mapping, release=release)
    raise EngineError(
        "trade.source",
        f"No se conoce la fuente «{kind}». Son: {', '.join(SOURCES)}.",
        f"The source “{kind}” is not known. They are: {', '.join(SOURCES)}.",
        source=kind,
    )
