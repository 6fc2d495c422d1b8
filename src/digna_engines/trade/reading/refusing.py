"""What readers refuse, said one way: the file, the line, the column, the value, and what to do."""

from collections.abc import Iterable
from pathlib import Path

from digna_engines.errors import EngineError

SHOWN = 200
"""Letters of a list or of a library's own words that a sentence can hold."""


def wrong(
    file: str, line: int, column: str, value: object, code: str, es: str, en: str
) -> EngineError:
    """A cell that cannot be; ``es`` and ``en`` say the remedy.

    >>> wrong("a.csv", 3, "v", "x", "trade.value", "Corríjalo.", "Correct it.").message("en")
    '“a.csv”, line 3, column “v”: “x”. Correct it.'
    """
    shown = str(value)[:60]
    return EngineError(
        code,
        f"«{file}», línea {line}, columna «{column}»: «{shown}». {es}",
        f"“{file}”, line {line}, column “{column}”: “{shown}”. {en}",
        file=file,
        line=line,
        column=column,
        value=shown,
    )


def unreadable(file: str, problem: object) -> EngineError:
    """A file that is damaged, or is not what it seems."""
    said = str(problem).strip().split("\n", 1)[0][:SHOWN]
    return EngineError(
        "trade.file_unreadable",
        f"No se puede leer «{file}»: {said}. Vuelva a descargarlo o copiarlo.",
        f"“{file}” cannot be read: {said}. Download or copy it again.",
        file=file,
    )


def there(path: Path) -> Path:
    """A path that is there; Errors: ``trade.file_absent``."""
    if path.exists():
        return path
    raise EngineError(
        "trade.file_absent",
        f"No existe «{path}». Revise el nombre y la carpeta.",
        f"“{path}” does not exist. Check its name and folder.",
        file=str(path),
    )


def column_absent(file: str, column: str, columns: Iterable[str], es: str, en: str) -> EngineError:
    """A column that is needed and is not there; ``es`` and ``en`` say the remedy."""
    listed = ", ".join(columns)[:SHOWN]
    return EngineError(
        "trade.column",
        f"«{file}»: falta la columna «{column}». Están: {listed}. {es}",
        f"“{file}”: the column “{column}” is missing. There are: {listed}. {en}",
        file=file,
        column=column,
    )
