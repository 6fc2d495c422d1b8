"""One form per feature of XLSForm, and one with all of them: what the field app must fill."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from surveys import workbooks

COLUMNS = (
    "type", "name", "label::Español (es)", "label::English (en)", "label::Quechua (qu)",
    "label::Aymara (ay)", "hint::Español (es)", "relevant", "constraint",
    "constraint_message::Español (es)", "required", "calculation", "choice_filter", "parameters",
    "appearance", "repeat_count", "default", "read_only",
)  # fmt: skip
MUNICIPALITIES = 3000


def row(kind: str, name: str, label: str = "", **more: str) -> tuple[str, ...]:
    """Return one row of `survey`; `en`, `qu`, `ay`, `hint`, `message` are the languages' cells."""
    long = {
        "en": "label::English (en)", "qu": "label::Quechua (qu)", "ay": "label::Aymara (ay)",
        "hint": "hint::Español (es)", "message": "constraint_message::Español (es)",
    }  # fmt: skip
    told = {"type": kind, "name": name, "label::Español (es)": label}
    told |= {long.get(key, key): value for key, value in more.items()}
    return tuple(told.get(column, "") for column in COLUMNS)


SURVEY = (
    COLUMNS,
    row("start", "inicio"),
    row("end", "fin"),
    row("today", "hoy"),
    row("deviceid", "aparato"),
    row("begin group", "empresa", "La empresa", en="The firm", qu="Empresa", ay="Empresa"),
    row("text", "nombre", "Nombre de la empresa", required="yes", en="Name", qu="Suti", ay="Suti"),
    row("integer", "personas", "¿Cuántas personas trabajan?", constraint=". >= 1 and . <= 500",
        message="Entre 1 y 500 personas.", required="yes"),
    row("select_one si_no", "formal", "¿Tiene NIT?", relevant="${personas} > 2"),
    row("text", "nit", "¿Cuál es su NIT?", relevant="${formal} = 'si'",
        constraint="regex(., '^[0-9]{6,12}$')", message="El NIT lleva de 6 a 12 cifras."),
    row("select_multiple rubros", "rubros", "¿A qué se dedica?",
        constraint="not(selected(., 'ninguno') and count-selected(.) > 1)",
        message="«Ninguno» va solo."),
    row("end group", ""),
    row("begin group", "lugar", "Dónde está"),
    row("select_one departamentos", "departamento", "Departamento"),
    row("select_one municipios", "municipio", "Municipio",
        choice_filter="departamento = ${departamento}"),
    row("geopoint", "punto", "¿Dónde está el taller?"),
    row("end group", ""),
    row("begin repeat", "productos", "Producto"),
    row("text", "producto", "¿Qué produce?"),
    row("integer", "cantidad", "¿Cuántos al mes?"),
    row("decimal", "precio", "¿A cuánto lo vende?"),
    row("calculate", "ingreso", calculation="${cantidad} * ${precio}"),
    row("end repeat", ""),
    row("begin group", "resumen", "Resumen"),
    row("calculate", "total", calculation="sum(${ingreso})"),
    row("calculate", "cuantos", calculation="count(${productos})"),
    row("note", "nota", "Vende **${total}** bolivianos en ${cuantos} productos."),
    row("date", "fundada", "¿Desde cuándo trabaja?", constraint=". <= today()",
        message="No puede ser en el futuro."),
    row("time", "abre", "¿A qué hora abre?"),
    row("datetime", "visita", "¿Cuándo fue la visita?"),
    row("range", "satisfaccion", "¿Qué tan conforme está?", parameters="start=0 end=10 step=1"),
    row("range", "avance", "¿Cuánto avanzó?", parameters="start=0 end=100 step=5"),
    row("rank problemas", "orden", "Ordene los problemas"),
    row("end group", ""),
    row("begin group", "pruebas", "Pruebas"),
    row("image", "foto", "Foto del taller", parameters="max-pixels=640"),
    row("audio", "voz", "Testimonio"),
    row("file", "recibo", "Recibo"),
    row("barcode", "codigo", "Código del producto"),
    row("acknowledge", "acuerdo", "Acepta participar"),
    row("text", "historia", "Cuente su historia", appearance="multiline"),
    row("end group", ""),
)  # fmt: skip

LISTS = {
    "si_no": (("si", "Sí", "Yes", "Arí", "Jisa"), ("no", "No", "No", "Mana", "Janiwa")),
    "rubros": (
        ("textil", "Textiles", "Textiles", "", ""), ("madera", "Madera", "Wood", "", ""),
        ("comida", "Alimentos", "Food", "", ""), ("ninguno", "Ninguno", "None", "", ""),
    ),
    "problemas": (
        ("agua", "Agua", "Water", "", ""), ("luz", "Luz", "Power", "", ""),
        ("credito", "Crédito", "Credit", "", ""),
    ),
}  # fmt: skip
DEPARTMENTS = ("BE", "CB", "CH", "LP", "OR", "PD", "PT", "SC", "TJ")


def choices(municipalities: int = MUNICIPALITIES) -> list[tuple[str, ...]]:
    """Return the choices; as many municipalities as asked for, shared out among departments."""
    rows: list[tuple[str, ...]] = [
        ("list_name", "name", "label::Español (es)", "label::English (en)",
         "label::Quechua (qu)", "label::Aymara (ay)", "departamento")
    ]  # fmt: skip
    for name, options in LISTS.items():
        rows += [(name, *option, "") for option in options]
    rows += [("departamentos", d.lower(), d, d, d, d, "") for d in DEPARTMENTS]
    for n in range(municipalities):
        told = f"Municipio {n:04d}"
        rows.append(("municipios", f"m{n:04d}", told, told, told, told, DEPARTMENTS[n % 9].lower()))
    return rows


def everything(municipalities: int = MUNICIPALITIES) -> bytes:
    """Return the workbook with every kind of question that is taken."""
    told = workbooks.settings("todo", "1")
    return workbooks.workbook(SURVEY, choices(municipalities), told)


def one(*rows: tuple[str, ...], form_id: str = "una") -> bytes:
    """Return a workbook with these rows of `row`."""
    return workbooks.workbook((COLUMNS, *rows), choices(0), workbooks.settings(form_id, "1"))


def list_file(name: str = "oficios.csv", count: int = 2500) -> SimpleUploadedFile:
    """Return a list of choices that comes as a file beside its form."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("name", "label", "rubro"))
    for n in range(count):
        writer.writerow((f"o{n}", f"Oficio {n}", ("textil", "madera", "comida")[n % 3]))
    return SimpleUploadedFile(name, out.getvalue().encode(), "text/csv")
