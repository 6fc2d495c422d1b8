"""The dictionary of open data: what each column is, its type, its HXL hashtag. Pure."""

from dataclasses import dataclass

from digna_engines.indicators import FactSchema

TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: name, type of Table Schema, words in Spanish, HXL hashtag ("" without one)."""

    name: str
    type: str
    title: str
    hxl: str = ""

    def to_plain(self) -> dict[str, str]:
        """Return the field as a descriptor writes it."""
        said = {"name": self.name, "type": self.type, "title": self.title}
        return said | ({"hxl": self.hxl} if self.hxl else {})


FIGURES = {
    field.name: field
    for field in (
        Field("id", "string", "identificador estable de la cifra o de su parte", "#meta+id"),
        Field("indicator", "string", "código del indicador", "#indicator+code"),
        Field("name", "string", "indicador", "#indicator+name"),
        Field("name_es", "string", "indicador, en español", "#indicator+name+i_es"),
        Field("name_en", "string", "indicador, en inglés", "#indicator+name+i_en"),
        Field("dimension", "string", "por qué se desglosa; vacío en el total", "#meta+dimension"),
        Field("category", "string", "categoría; «unknown» es sin dato", "#meta+category"),
        Field("numerator", "number", "numerador", "#indicator+num+numerator"),
        Field("denominator", "number", "denominador", "#indicator+num+denominator"),
        Field("value", "number", "valor; vacío es sin dato o reservado", "#indicator+value+num"),
        Field("unit", "string", "unidad", "#indicator+unit"),
        Field("period", "string", "período", "#date+period"),
        Field("starts_on", "date", "desde", "#date+start"),
        Field("ends_on", "date", "hasta; vacío es a la fecha", "#date+end"),
        Field("n", "integer", "de cuántos se sabe", "#meta+num+known"),
        Field("N", "integer", "de cuántos se quería saber", "#meta+num+cohort"),
        Field("source", "string", "tabla de hechos de donde sale", "#meta+source"),
        Field("method", "string", "motor y versión", "#meta+method"),
        Field("state", "string", "vigente (current) o congelada (frozen)", "#status"),
        Field("as_of", "datetime", "cuándo se calculó", "#date+computed"),
        Field("records_sha256", "string", "sello de los registros detrás", "#meta+hash"),
        Field("is_reserved", "boolean", "reservada: hay menos de 5 detrás", "#meta+reserved"),
        Field("is_frozen", "boolean", "de un período congelado", "#status+frozen"),
        Field("definition", "string", "página con su definición", "#meta+url"),
        Field("licence", "string", "licencia", "#meta+license"),
    )
}
HASHTAGS = {
    "department": "#adm1+code",
    "sector": "#sector+code",
    "sex": "#meta+sex",
    "age_band": "#meta+age",
    "partner": "#org+implementing",
    "programme": "#activity+programme",
    "kind": "#activity+type",
    "status": "#status",
    "state": "#status",
    "currency": "#currency",
}


def of_facts(schema: FactSchema, pseudonyms: frozenset[str]) -> tuple[Field, ...]:
    """Return the columns of a fact table as they leave: keys as pseudonyms, the rest as it is."""
    found = []
    for name, column in schema.columns.items():
        if name == "programme_id":
            found.append(Field("programme", "string", "programa", HASHTAGS["programme"]))
        elif name in pseudonyms:
            title = f"{column.label} (seudónimo estable)"
            found.append(Field(name, "string", title, f"#meta+id+{name.removesuffix('_id')}"))
        else:
            tag = HASHTAGS.get(name, "#date" if column.type == "date" else "")
            found.append(Field(name, TYPES[column.type], column.label, tag))
    return (*found, FIGURES["is_reserved"])
