"""The pages on methods say what the engines do, and the engines know nothing of the web."""

import doctest
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs" / "methods").glob("*.md"))
MODULES = sorted((ROOT / "src" / "digna_engines").rglob("*.py"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_worked_examples_of_a_page_hold(page: Path) -> None:
    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")
    assert found.attempted > 0
    assert found.failed == 0


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_the_examples_in_docstrings_hold(module: Path) -> None:
    name = ".".join(module.relative_to(ROOT / "src").with_suffix("").parts)
    __import__(name.removesuffix(".__init__"))
    found = doctest.testmod(sys.modules[name.removesuffix(".__init__")])
    assert found.failed == 0


def test_importing_the_engines_brings_neither_django_nor_a_database() -> None:
    asked = "import sys, digna_engines.indicators as _; print(*sys.modules)"
    run = [sys.executable, "-c", asked]
    loaded = subprocess.run(run, capture_output=True, text=True, check=True, cwd=ROOT / "src")
    heavy = {"django", "ibis", "duckdb", "pyarrow", "pandas", "numpy"}
    assert heavy & set(loaded.stdout.split()) == set()
