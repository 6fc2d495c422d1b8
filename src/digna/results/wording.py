"""Words for what figures are made of: units, dimensions, categories, measures. Pure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from digna_engines.indicators import SEVERAL

PROPORTION = "proporción"
"""Units that begin so are read in hundredths: of the base, of the cost."""

WHOSE = {
    "person_id": gettext_lazy("personas"),
    "enterprise_id": gettext_lazy("empresas"),
    "pair": gettext_lazy("pares"),
}
"""What n counts, by the column that names it."""
UNITS = {
    "empleos a tiempo completo": gettext_lazy("empleos a tiempo completo"),
    "proporción de los totales": gettext_lazy("de los totales"),
    "proporción (BOB)": gettext_lazy("bolivianos"),
    "proporción de la línea de base": gettext_lazy("de la línea de base"),
    "BOB": gettext_lazy("bolivianos"),
    "ciclos": gettext_lazy("ciclos"),
    "visitas": gettext_lazy("visitas"),
    "empleos": gettext_lazy("empleos"),
    "empresas en ciclos": gettext_lazy("empresas en ciclos"),
    "prácticas que faltaban": gettext_lazy("prácticas que faltaban"),
    "prácticas que había": gettext_lazy("prácticas que había"),
    "pares empresa–indicador": gettext_lazy("pares empresa–indicador"),
    "personas": gettext_lazy("personas"),
    "asistencias": gettext_lazy("asistencias"),
    "horas-persona": gettext_lazy("horas-persona"),
    "procesos": gettext_lazy("procesos"),
    "encuentros": gettext_lazy("encuentros"),
    "estudios": gettext_lazy("estudios"),
    "sectores": gettext_lazy("sectores"),
    "departamentos": gettext_lazy("departamentos"),
    "empresas": gettext_lazy("empresas"),
    "diagnósticos": gettext_lazy("diagnósticos"),
    "instituciones": gettext_lazy("instituciones"),
    "actividades": gettext_lazy("actividades"),
    "organizaciones": gettext_lazy("organizaciones"),
    "horas": gettext_lazy("horas"),
}
DIMENSIONS = {
    "sex": gettext_lazy("Sexo"),
    "constituency": gettext_lazy("A quién representan"),
    "department": gettext_lazy("Departamento"),
    "age_band": gettext_lazy("Edad"),
    "sector": gettext_lazy("Rubro"),
    "mode": gettext_lazy("Modalidad"),
    "role": gettext_lazy("Rol"),
    "size_band": gettext_lazy("Tamaño"),
    "legal_form": gettext_lazy("Forma jurídica"),
    "owner_sex": gettext_lazy("Sexo de quien es dueña o dueño"),
    "kind": gettext_lazy("Tipo"),
    "status": gettext_lazy("Estado"),
    "area": gettext_lazy("Área estratégica"),
    "partner": gettext_lazy("Socio"),
    "module": gettext_lazy("Módulo"),
    "module_group": gettext_lazy("Grupo de módulos"),
    "independence": gettext_lazy("Autonomía del socio"),
    "drop_reason": gettext_lazy("Por qué dejó el ciclo"),
    "practice": gettext_lazy("Práctica"),
    "kpi": gettext_lazy("Indicador de la empresa"),
    "grade": gettext_lazy("Calidad del dato"),
    "contract": gettext_lazy("Contrato"),
}
_SEX = {
    "female": gettext_lazy("mujeres"),
    "male": gettext_lazy("hombres"),
    "other": pgettext_lazy("sexo, en plural", "otras"),
    "undisclosed": gettext_lazy("prefieren no decir"),
}
CATEGORIES = {
    "sex": _SEX,
    "owner_sex": {**_SEX, "mixed": gettext_lazy("mujeres y hombres")},
    "constituency": {
        "employers": gettext_lazy("empleadores"),
        "workers": gettext_lazy("trabajadores"),
        "government": gettext_lazy("gobierno"),
        "other": pgettext_lazy("constitución", "otros"),
    },
    "independence": {
        "low": gettext_lazy("baja"),
        "medium": gettext_lazy("media"),
        "high": gettext_lazy("alta"),
    },
    "drop_reason": {
        "time": gettext_lazy("falta de tiempo"),
        "price": gettext_lazy("precio"),
        "no_interest": gettext_lazy("perdió el interés"),
        "crisis": gettext_lazy("crisis o cierre"),
        "trainer": gettext_lazy("sin formador/a"),
        "other": gettext_lazy("otro motivo"),
    },
    "grade": {
        "A": gettext_lazy("A: registro visto"),
        "B": gettext_lazy("B: registro no visto"),
        "C": gettext_lazy("C: estimación"),
        "D": gettext_lazy("D: recordado después"),
    },
    "contract": {
        "permanent": gettext_lazy("permanente"),
        "casual": gettext_lazy("eventual"),
    },
    "module_group": {
        "first": gettext_lazy("módulo 1"),
        "later": gettext_lazy("módulos 2 a 5"),
        "other": gettext_lazy("otros módulos"),
    },
    "mode": {
        "on_site": gettext_lazy("presencial"),
        "virtual": gettext_lazy("virtual"),
        "hybrid": gettext_lazy("híbrida"),
        "blended": gettext_lazy("mixta"),
        "self_paced": gettext_lazy("a su ritmo"),
        "phone": gettext_lazy("por teléfono"),
    },
    "point": {
        "baseline": gettext_lazy("línea de base"),
        "progress": gettext_lazy("avance"),
        "endline": gettext_lazy("cierre"),
        "year_after": gettext_lazy("a los 12 meses"),
    },
    "review": {
        "not_needed": gettext_lazy("sin observación"),
        "confirmed": gettext_lazy("confirmada"),
    },
    "role": {
        "participant": gettext_lazy("participantes"),
        "speaker": gettext_lazy("ponentes"),
        "organiser": gettext_lazy("organización"),
        "owner": gettext_lazy("dueñas y dueños"),
        "manager": gettext_lazy("gerencia"),
        "worker": gettext_lazy("trabajadoras y trabajadores"),
        "union_rep": gettext_lazy("representación sindical"),
    },
    "size_band": {
        "micro": gettext_lazy("micro"),
        "small": gettext_lazy("pequeña"),
        "medium": gettext_lazy("mediana"),
        "large": gettext_lazy("grande"),
    },
    "process_kind": {
        "capacity_building": gettext_lazy("capacitación"),
        "conversatorio": gettext_lazy("conversatorio"),
    },
    "kind": {
        "market_assessment": gettext_lazy("estudio rápido de mercado"),
        "diagnostic": gettext_lazy("diagnóstico"),
        "training": gettext_lazy("capacitación"),
        "event": gettext_lazy("evento"),
        "alliance": gettext_lazy("alianza"),
    },
    "status": {
        "planned": gettext_lazy("prevista"),
        "ongoing": gettext_lazy("en marcha"),
        "done": gettext_lazy("realizada"),
        "cancelled": gettext_lazy("cancelada"),
        "present": gettext_lazy("presente"),
        "absent": gettext_lazy("ausente"),
        "excused": gettext_lazy("con licencia"),
    },
}
COLUMNS = {
    "asistencia": gettext_lazy("asistencia"),
    "persona": gettext_lazy("persona"),
    "sesión": gettext_lazy("sesión"),
    "proceso": gettext_lazy("proceso"),
    "tipo de proceso": gettext_lazy("tipo de proceso"),
    "programa": gettext_lazy("programa"),
    "asistió": gettext_lazy("asistió"),
    "asistencia marcada": gettext_lazy("asistencia marcada"),
    "rol": gettext_lazy("rol"),
    "horas": gettext_lazy("horas"),
    "día de la sesión": gettext_lazy("día de la sesión"),
    "sexo": gettext_lazy("sexo"),
    "sector que representa": gettext_lazy("sector que representa"),
    "departamento": gettext_lazy("departamento"),
    "edad": gettext_lazy("edad"),
    "rubro": gettext_lazy("rubro"),
    "modalidad": gettext_lazy("modalidad"),
    "empresa": gettext_lazy("empresa"),
    "día de registro": gettext_lazy("día de registro"),
    "tamaño": gettext_lazy("tamaño"),
    "forma jurídica": gettext_lazy("forma jurídica"),
    "formalizada": gettext_lazy("formalizada"),
    "sexo de quien es dueña o dueño": gettext_lazy("sexo de quien es dueña o dueño"),
    "actividad": gettext_lazy("actividad"),
    "tipo": gettext_lazy("tipo"),
    "estado": gettext_lazy("estado"),
    "área estratégica": gettext_lazy("área estratégica"),
    "socio": gettext_lazy("socio"),
    "inicio": gettext_lazy("inicio"),
    "fin": gettext_lazy("fin"),
    "presupuesto": gettext_lazy("presupuesto"),
    "una empresa": gettext_lazy("una empresa"),
    "una actividad, en un rubro, en un departamento": gettext_lazy(
        "una actividad, en un rubro, en un departamento"
    ),
    "una persona, en una sesión, en un rol (y en cada programa del proceso)": gettext_lazy(
        "una persona, en una sesión, en un rol (y en cada programa del proceso)"
    ),
}
"""What the rooms call their columns and grains, said here in every language."""

MEASURES = {
    "unique": gettext_lazy("cuenta cada uno una sola vez"),
    "count": gettext_lazy("cuenta registros"),
    "sum": gettext_lazy("suma"),
    "share": gettext_lazy("parte de un total"),
    "ratio": gettext_lazy("razón entre dos sumas"),
    "mean": gettext_lazy("promedio"),
    "median": gettext_lazy("mediana"),
    "matched_change": gettext_lazy("cambio de los mismos, entre dos momentos"),
    "adoption": gettext_lazy("prácticas adoptadas o dejadas, entre dos momentos"),
    "fte": gettext_lazy("empleos a tiempo completo (horas/40 × meses/12)"),
}
KINDS = {
    "text": gettext_lazy("texto"),
    "integer": gettext_lazy("número entero"),
    "number": gettext_lazy("número"),
    "boolean": gettext_lazy("sí o no"),
    "date": gettext_lazy("fecha"),
}
STATISTICS = {
    "mean": gettext_lazy("cambio promedio"),
    "median": gettext_lazy("cambio mediano"),
    "improved": gettext_lazy("parte que mejoró"),
    "relative": gettext_lazy("cambio sobre la línea de base, de los totales"),
    "adopted": gettext_lazy("adoptaron, de quienes no la tenían"),
    "back_slid": gettext_lazy("la dejaron, de quienes la tenían"),
    "net": gettext_lazy("adoptaron menos dejaron"),
}
SEMANTICS = {
    "incremental": gettext_lazy("lo que pasó en el período"),
    "cumulative": gettext_lazy("desde el inicio del programa hasta el fin del período"),
    "snapshot": gettext_lazy("la situación al fin del período"),
}
OPERATORS = {
    "eq": gettext_lazy("es"),
    "ne": gettext_lazy("no es"),
    "in": gettext_lazy("es uno de"),
    "not_in": gettext_lazy("no es ninguno de"),
    "ge": gettext_lazy("es al menos"),
    "gt": gettext_lazy("es más que"),
    "le": gettext_lazy("es a lo sumo"),
    "lt": gettext_lazy("es menos que"),
    "is_missing": gettext_lazy("no tiene dato"),
    "is_present": gettext_lazy("tiene dato"),
}


def unit(word: str) -> str:
    """Return a declared unit in the language in use; units nobody translated stay as declared."""
    return str(UNITS.get(word, word))


def column(label: str) -> str:
    """Return what a room calls a column, in the language in use."""
    return str(COLUMNS.get(label, label))


def dimension(name: str) -> str:
    """Return a dimension's title."""
    return str(DIMENSIONS.get(name, name.replace("_", " ")))


def category(name: str, value: str | None, named: dict[str, str] | None = None) -> str:
    """Return a category's word; `named` gives those that live in the database, such as places."""
    if value is None:
        return _("sin dato")
    if value == SEVERAL:
        return pgettext("más de una categoría en el período", "varios")
    if named and value in named:
        return named[value]
    return str(CATEGORIES.get(name, {}).get(value, value))
