"""Tests of the house itself: what its rules promise, checked over everything that is there."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

import digna
from digna.journal.words import WORDS
from digna.journal.writes import SERVICES

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"
ROOMS = sorted(path.parent for path in (SRC / "digna").glob("*/apps.py"))
FORBIDDEN_NAMES = {"utils", "helpers", "common", "manager", "misc"}


def modules(pattern: str = "") -> list[str]:
    found = pkgutil.walk_packages(digna.__path__, "digna.")
    return [m.name for m in found if re.search(pattern, m.name) and ".migrations." not in m.name]


def test_engines_import_neither_django_nor_the_network() -> None:
    code = (
        "import sys, pkgutil, importlib, digna_engines\n"
        "for m in pkgutil.walk_packages(digna_engines.__path__, 'digna_engines.'):\n"
        "    importlib.import_module(m.name)\n"
        "bad = {'django', 'requests', 'urllib3', 'http.client'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_web_process_imports_no_analytics() -> None:
    code = (
        "import os, sys\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'digna.config.settings.test'\n"
        "import digna.config.wsgi\n"
        "from django.urls import get_resolver\n"
        "get_resolver().url_patterns\n"
        "bad = {'duckdb', 'ibis', 'pandas', 'pyarrow', 'numpy'} & set(sys.modules)\n"
        "assert not bad, bad\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", modules(r"\.services(\.|$)"))
def test_every_service_is_journalled_and_keyword_only(name: str) -> None:
    module = importlib.import_module(name)
    for function_name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ != name or function_name.startswith("_"):
            continue
        parameters = inspect.signature(function).parameters
        if "actor" not in parameters:
            continue
        assert hasattr(function, "journal_action"), f"{name}.{function_name} is not @writes"
        kinds = {p.kind for p in parameters.values()}
        assert kinds <= {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}
        assert next(iter(parameters)) == "actor", f"{name}.{function_name}: actor first"


def test_every_action_has_words_and_a_verb_of_its_own() -> None:
    for name in modules(r"\.services(\.|$)|\.demo\."):
        importlib.import_module(name)
    own = {action for action in SERVICES if not action.startswith(("test.", "demo."))}
    assert own - set(WORDS) == set()
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+\.[a-z_]+", action) for action in own)


def test_migrations_are_named_and_there_is_one_line_of_them() -> None:
    for room in ROOMS:
        names = sorted(p.stem for p in (room / "migrations").glob("0*.py"))
        assert not [n for n in names if "auto" in n], names
        numbers = [n[:4] for n in names]
        assert numbers == [f"{i:04d}" for i in range(1, len(names) + 1)], names


def test_every_template_compiles_and_carries_no_inline_script_or_handler() -> None:
    for path in sorted(SRC.rglob("templates/**/*.html")):
        name = str(path.relative_to(next(p for p in path.parents if p.name == "templates")))
        get_template(name)
        text = path.read_text()
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(ld\+)?json)", text), path
        assert not re.search(r"<style\b|\son[a-z]+=\"|javascript:", text), path
        assert not re.search(r"\shx-", text), f"{path}: write data-hx-…"


def test_no_module_has_a_name_that_says_nothing() -> None:
    stems = {path.stem for path in SRC.rglob("*.py")}
    assert not stems & FORBIDDEN_NAMES


def test_no_signal_and_no_save_override() -> None:
    for path in sorted((SRC / "digna").rglob("*.py")):
        text = path.read_text()
        assert "django.db.models.signals" not in text, path
        assert "django.dispatch" not in text, path
        if "models" in path.parts or path.stem == "models":
            assert "def save(" not in text, path


def test_templates_do_not_query() -> None:
    """No call of a manager in a template: `.all`, where used, is prefetched by its selector."""
    allowed = {"activity.sectors.all", "activity.departments.all"}
    for path in sorted(SRC.rglob("templates/**/*.html")):
        for use in re.findall(r"[\w.]+\.(?:all|count|filter|exists)\b", path.read_text()):
            is_counter = use.endswith(".count") and not use.endswith("_set.count")
            assert is_counter or use in allowed, f"{path}: {use}"


def test_every_module_says_what_it_is_for() -> None:
    for path in sorted(SRC.rglob("*.py")):
        if "migrations" in path.parts or not path.read_text().strip():
            continue
        assert ast.get_docstring(ast.parse(path.read_text())), path


def test_every_model_is_in_the_glossary() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text()
    for model in apps.get_models():
        if model.__module__.startswith("digna."):
            assert f"`{model.__name__}`" in text, model.__name__


def test_every_error_code_is_documented() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        listing = importlib.import_module("list_errors")
    finally:
        sys.path.pop(0)
    text = (ROOT / "docs" / "errors.md").read_text()
    missing = [code for code in listing.codes() if f"`{code}`" not in text]
    assert not missing, f"run: python tools/list_errors.py (missing {missing})"


def test_nothing_speaks_of_anything_but_the_project() -> None:
    """No address of a machine, and no third-party host in what is served."""
    for path in sorted(SRC.rglob("*")):
        if path.suffix not in {".html", ".css", ".js", ".py"} or "dist" in path.parts:
            continue
        for host in re.findall(r"https?://([\w.-]+)", path.read_text()):
            assert host in ALLOWED_HOSTS or host.endswith((".example", ".invalid")), (path, host)


ALLOWED_HOSTS = {
    "localhost",
    "wa.me",
    "calendar.google.com",
    "outlook.live.com",
    "www.w3.org",
    "127.0.0.1",
    # names of verbs and categories of the Experience API: identifiers, never asked for
    "adlnet.gov",
    "w3id.org",
    # namespaces of XForms and OpenRosa: names too
    "openrosa.org",
    "www.opendatakit.org",
}
