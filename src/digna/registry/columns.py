"""What the columns of a spreadsheet mean: the header found, each heading guessed. Pure.

Headings come in any order, case and wording. What is guessed is shown, can be corrected, and is
remembered for the next sheet with the same header.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from digna.registry import names
from digna.registry.sheets import Sheet

PEOPLE: Mapping[str, tuple[str, ...]] = {
    "full_name": (
        "nombre y apellidos", "nombres y apellidos", "nombre y apellido", "nombre completo",
        "nombre del participante", "participante", "nombre", "full name", "name",
    ),
    "full_name_reversed": (
        "apellidos y nombres", "apellidos y nombre", "apellido y nombre", "apellidos nombres",
    ),
    "given_names": ("nombres", "nombre s", "given names", "first name", "primer nombre"),
    "surnames": ("apellidos", "apellido", "surname", "last name"),
    "first_surname": ("apellido paterno", "paterno", "primer apellido", "ap paterno"),
    "second_surname": ("apellido materno", "materno", "segundo apellido", "ap materno"),
    "sex": ("sexo", "genero", "f m", "m f", "sex", "gender", "h m", "mujer hombre"),
    "document": (
        "ci", "c i", "carnet", "carnet de identidad", "cedula", "cedula de identidad",
        "nro de carnet", "documento", "numero de documento", "nro documento", "id document",
    ),
    "phone": (
        "celular", "telefono", "cel", "movil", "whatsapp", "nro celular", "numero de celular",
        "telefono celular", "contacto", "phone", "tel",
    ),
    "email": ("correo", "e mail", "email", "correo electronico", "mail"),
    "birth_date": (
        "fecha nac", "fecha de nacimiento", "f nac", "nacimiento", "fec nac", "fecha nacimiento",
        "birth date", "date of birth",
    ),
    "birth_year": ("ano de nacimiento", "ano nac", "ano nacimiento", "year of birth"),
    "age": ("edad", "edad anos", "age"),
    "place": ("municipio", "ciudad", "lugar", "localidad", "departamento", "procedencia", "place"),
    "organisation": (
        "institucion", "organizacion", "entidad", "institucion u organizacion", "empresa",
        "organisation", "institution", "empresa o institucion",
    ),
    "constituency": (
        "sector que representa", "sector", "representa a", "sector representado",
        "representacion", "constituency",
    ),
}  # fmt: skip

ENTERPRISES: Mapping[str, tuple[str, ...]] = {
    "name": (
        "empresa", "nombre de la empresa", "nombre comercial", "nombre", "nombre empresa",
        "unidad productiva", "emprendimiento", "enterprise", "firm",
    ),
    "legal_name": ("razon social", "nombre legal", "legal name"),
    "nit": ("nit", "nro nit", "numero de nit", "tax number"),
    "legal_form": ("tipo societario", "forma juridica", "tipo de empresa", "legal form"),
    "sector": ("rubro", "sector", "actividad", "actividad economica", "giro"),
    "place": ("municipio", "ciudad", "localidad", "lugar", "departamento", "place"),
    "workers_women": (
        "trabajadoras", "trabajadores mujeres", "n mujeres", "mujeres", "trabajadores m",
        "personal mujeres", "workers women",
    ),
    "workers_men": (
        "trabajadores hombres", "n hombres", "hombres", "trabajadores h", "personal hombres",
        "workers men",
    ),
    "annual_sales": (
        "ventas", "ventas anuales", "ventas bs", "ventas del ano", "ventas gestion",
        "ingresos anuales", "annual sales",
    ),
    "is_formal": ("formal", "formalizada", "es formal"),
    "founded_on": ("fundacion", "fecha de fundacion", "ano de fundacion", "founded"),
    "phone": ("celular", "telefono", "cel", "whatsapp", "contacto", "phone"),
    "email": ("correo", "e mail", "email", "correo electronico"),
}  # fmt: skip

FIELDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "people": PEOPLE,
    "enterprises": ENTERPRISES,
}
SEARCHED_ROWS = 25


def heading(text: str) -> str:
    """Return a heading as it is compared: folded, letters and digits only, without years.

    >>> heading("  Nº C.I. (carnet) ")
    'n c i carnet'
    """
    without_years = re.sub(r"\b(19|20)\d\d\b", "", names.fold(text).replace("º", ""))
    return " ".join(re.findall(r"[a-z0-9]+", without_years))


def find_header(sheet: Sheet, kind: str) -> int | None:
    """Return the row (from 1) whose cells look most like headings; None where none does.

    Merged titles above and notes between are passed over: a header has two known headings.
    """
    best_row, best_score = None, 1
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS], start=1):
        score = len(set(guess(row, kind).values()))
        if score > best_score:
            best_row, best_score = number, score
    return best_row


def choose_sheet(sheets: Sequence[Sheet], kind: str) -> tuple[Sheet, int]:
    """Return the sheet that has a header, and its row; else the longest sheet, row 1."""
    for sheet in sheets:
        row = find_header(sheet, kind)
        if row is not None:
            return sheet, row
    return max(sheets, key=lambda s: len(s.rows)), 1


def guess(header: Sequence[str], kind: str) -> dict[int, str]:
    """Return column (from 0) → field, each field at most once, the surest guesses first."""
    known = {text: field for field, texts in FIELDS[kind].items() for text in texts}
    scored = []
    for column, cell in enumerate(header):
        text = heading(cell)
        if not text or len(text) > 60:
            continue
        found = process.extractOne(text, known.keys(), scorer=fuzz.ratio, score_cutoff=84)
        if found is not None:
            scored.append((found[1], -column, known[found[0]]))
    mapping: dict[int, str] = {}
    for _, minus_column, field in sorted(scored, reverse=True):
        if field not in mapping.values():
            mapping[-minus_column] = field
    return _told_apart(mapping)


def _told_apart(mapping: dict[int, str]) -> dict[int, str]:
    """«Nombre» beside «Apellidos» is the given name, not the whole name."""
    surnames = {"surnames", "first_surname", "second_surname"}
    if surnames & set(mapping.values()) and "given_names" not in mapping.values():
        return {c: "given_names" if f == "full_name" else f for c, f in mapping.items()}
    return mapping


def signature(header: Sequence[str]) -> str:
    """Return what identifies a partner's usual header: its headings, in their order."""
    text = "|".join(heading(cell) for cell in header)
    return hashlib.sha256(text.encode()).hexdigest()
