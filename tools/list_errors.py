"""Write docs/errors.md: every problem code, the sentence it says and where it is raised."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RAISED = {
    "Refused", "NotVisible", "NotAllowed", "Clash", "DomainError", "Wrong", "Unknown", "Changed",
    "TooLarge", "NotOffered", "clash",
}  # fmt: skip
HEAD = """# Problems and their codes

Made by `python tools/list_errors.py`; a house test keeps it complete. The code stands in the JSON
answer and beside the sentence on screen, so that a person can be helped over the telephone.

| code | sentence | raised in |
|---|---|---|
"""


def found() -> Iterator[tuple[str, str, str]]:
    """Yield (code, sentence, file) of every problem raised in the shell."""
    for path in sorted((ROOT / "src" / "digna").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node) in RAISED and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and isinstance(code.value, str):
                    yield code.value, _sentence(node), str(path.relative_to(ROOT / "src"))


def _name(call: ast.Call) -> str:
    """Return the name that is called, with or without its module before it."""
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def _sentence(call: ast.Call) -> str:
    """Return the first text inside the message argument; "" where it is worked out elsewhere."""
    for node in ast.walk(call.args[1]) if len(call.args) > 1 else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value.replace("|", "\\|")
    return ""


def engine_codes() -> Iterator[tuple[str, str, str]]:
    """Yield the codes of the engines' errors, by their first argument."""
    for path in sorted((ROOT / "src" / "digna_engines").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name.endswith("Error") and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant) and "." in str(code.value):
                    yield str(code.value), _sentence(node), str(path.relative_to(ROOT / "src"))


def codes() -> list[str]:
    """Return every code."""
    return sorted({code for code, *_ in [*found(), *engine_codes()]})


def main() -> int:
    """Write the page."""
    rows: dict[str, tuple[str, set[str]]] = {}
    for code, sentence, file in [*found(), *engine_codes()]:
        said, files = rows.setdefault(code, (sentence, set()))
        rows[code] = (said or sentence, files | {file})
    lines = [
        f"| `{code}` | {sentence} | {', '.join(sorted(files))} |"
        for code, (sentence, files) in sorted(rows.items())
    ]
    (ROOT / "docs" / "errors.md").write_text(HEAD + "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
