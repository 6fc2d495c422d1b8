"""The work inside an import: rows read, each weighed against the register, and taken in.

Called by `services.imports`, inside its transactions; writes through `journal.record`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from digna.journal import record
from digna.journal.actor import Actor
from digna.registry import documents, likeness, names, rows, search, sheets
from digna.registry.candidates import Candidates
from digna.registry.likeness import Likeness, Traits
from digna.registry.models import (
    Affiliation,
    DuplicatePair,
    Enterprise,
    EnterpriseFact,
    ImportBatch,
    ImportRow,
    LegalForm,
    Organisation,
    Person,
    Place,
    Sector,
)
from digna.registry.models.imports import ImportKind
from digna.registry.services import duplicates, enterprises, organisations, people
from digna.registry.sheets import Sheet

Outcome = ImportRow.Outcome
# Rows that an import makes together with a record: taking the record out takes them out.
OWN_ROWS = frozenset({Affiliation, EnterpriseFact, ImportRow, DuplicatePair})
SAME = 0.6
"""Names less alike than this do not share a document: one of the two numbers is wrong."""
NUMBERS = ("workers_women", "workers_men", "annual_sales")


def known() -> rows.Known:
    """Read the reference facts that cells are compared with."""
    places: dict[str, tuple[str, ...]] = {}
    for place in Place.objects.exclude(kind=Place.Kind.COUNTRY).order_by("kind"):
        for text in (place.name, *place.aliases):
            key = names.fold(text)
            places[key] = (*places.get(key, ()), place.code)
    groups = {
        "organisations": _folded(Organisation, "name", "acronym"),
        "sectors": _folded(Sector, "name_es", "name_en", "code"),
        "legal_forms": _folded(LegalForm, "name_es", "name_en", "code"),
    }
    return rows.Known(places=places, **groups)


def _folded(model: type[Any], *columns: str) -> dict[str, str]:
    found = {}
    for row in model.objects.all():
        texts = [getattr(row, column) for column in columns] + list(getattr(row, "aliases", []))
        found.update({names.fold(text): row.code for text in texts if text})
    return found


def read_rows(batch: ImportBatch, table: Sheet, on: date) -> Iterator[rows.Reading]:
    """Yield the readings of the rows under the header; blank ones are passed over."""
    header = table.rows[batch.header_row - 1]
    fields = {field: int(column) for column, field in batch.mapping.items()}
    facts = known()
    read = rows.read_person if batch.kind == ImportKind.PEOPLE else rows.read_enterprise
    for number, cells in enumerate(table.rows[batch.header_row :], start=batch.header_row + 1):
        if sheets.blank(cells):
            continue
        reading = rows.Reading(number, cells, header, fields, facts, on)
        yield reading if rows.is_totals(cells) else read(reading)


def judged(batch: ImportBatch, readings: Iterator[rows.Reading]) -> list[ImportRow]:
    """Return unsaved rows with what would become of each: in, out, or like somebody.

    Rows already judged count as somebody, under minus their number.
    """
    everybody = candidates(batch.kind)
    out = []
    for reading in readings:
        if not reading.values and not reading.problems:
            out.append(_row(batch, reading, Outcome.SKIPPED))
            continue
        values = stored(batch.kind, reading.values)
        traits = traits_of(batch.kind, values)
        match = _match(everybody, traits)
        _note_conflict(batch.kind, reading, traits, match, everybody)
        is_wrong = any(problem.level == rows.ERROR for problem in reading.problems)
        row = _row(batch, reading, Outcome.ERROR if is_wrong else Outcome.VALID)
        row.values = values
        row.match = {} if is_wrong else match
        if not is_wrong and not match.get("is_same"):
            everybody.add(-reading.number, traits)
        out.append(row)
    return out


def _row(batch: ImportBatch, reading: rows.Reading, outcome: str) -> ImportRow:
    return ImportRow(
        batch=batch,
        number=reading.number,
        cells=_shown(reading, outcome),
        problems=[problem.plain() for problem in reading.problems],
        outcome=outcome,
    )


def _shown(reading: rows.Reading, outcome: str) -> list[str]:
    """Cells as they are kept: the document's number only where it must be corrected."""
    cells = list(reading.cells)
    column = reading.columns.get("document")
    if column is not None and column < len(cells) and outcome != Outcome.ERROR:
        cells[column] = f"···{documents.hint_of(reading.values.get('document', ''))}"
    return cells


def _note_conflict(
    kind: str,
    reading: rows.Reading,
    traits: Traits,
    match: Mapping[str, Any],
    everybody: Candidates,
) -> None:
    """Say that a row repeats another, or that its key belongs to somebody of another name."""
    if not match.get("is_same"):
        return
    other = everybody.traits[match["key"]]
    name = "document" if kind == ImportKind.PEOPLE else "nit"
    if "same_document" in match["reasons"] and likeness.of_words(traits.words, other.words) < SAME:
        whose = " ".join(other.words).title()
        reading.problems.append(_problem(reading, name, "key.other_name", whose, rows.ERROR))
    elif match["key"] < 0:
        row = str(-match["key"])
        reading.problems.append(_problem(reading, name, "repeated", row, rows.WARNING))


def _problem(reading: rows.Reading, name: str, code: str, text: str, level: str) -> rows.Problem:
    column = reading.columns.get(name, 0)
    where = sheets.address(column, reading.number)
    return rows.Problem(where, reading.header[column], code, text, level)


def _match(everybody: Candidates, traits: Traits) -> dict[str, Any]:
    exact = everybody.exactly(traits)
    if exact is not None:
        return {"key": exact[0], "is_same": True, "reasons": [exact[1]]}
    near = everybody.nearest(traits)
    if near is None:
        return {}
    return {
        "key": near[0],
        "is_same": False,
        "score": str(near[1].score),
        "reasons": list(near[1].reasons),
    }


def stored(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values as JSON; a document becomes its hash and hint before it is written down."""
    out = {name: _plain(value) for name, value in values.items() if name != "document"}
    if kind == ImportKind.PEOPLE and values.get("document"):
        out["document_hash"] = documents.hash_of(values["document"])
        out["document_hint"] = documents.hint_of(values["document"])
    return out


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def traits_of(kind: str, values: Mapping[str, Any]) -> Traits:
    """Return what is compared, from a row's stored values."""
    born = values.get("birth_date")
    birth_date = date.fromisoformat(born) if born else None
    if kind == ImportKind.ENTERPRISES:
        return Traits(
            words=names.firm_words(values["name"]),
            document_hash=values.get("nit", ""),
            phone=values.get("phone", ""),
            email=values.get("email", ""),
        )
    return Traits(
        words=names.words(f"{values['given_names']} {values['surnames']}"),
        document_hash=values.get("document_hash", ""),
        phone=values.get("phone", ""),
        email=values.get("email", ""),
        birth_date=birth_date,
        birth_year=birth_date.year if birth_date is not None else values.get("birth_year"),
        sex=values.get("sex", ""),
    )


def candidates(kind: str) -> Candidates:
    """Read everybody (or every firm) there is, filed for comparison."""
    found = Candidates()
    if kind == ImportKind.ENTERPRISES:
        firms = Enterprise.objects.living().values_list("pk", "name", "nit", "phone", "email")
        for key, name, nit, phone, email in firms.iterator(5000):
            found.add(key, Traits(names.firm_words(name), nit, phone, email))
        return found
    columns = (
        "pk", "given_names", "surnames", "document_hash", "phone", "email", "birth_date",
        "birth_year", "sex",
    )  # fmt: skip
    for key, given, surnames, *rest in Person.objects.living().values_list(*columns).iterator(5000):
        document_hash, phone, email, born, year, sex = rest
        words = names.words(f"{given} {surnames}")
        year = born.year if born is not None else year
        found.add(key, Traits(words, document_hash, phone, email, born, year, sex))
    return found


@dataclass
class Run:
    """What one run keeps in memory: everybody, and the reference facts by code."""

    kind: str
    everybody: Candidates
    places: dict[str, Place] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    sectors: dict[str, Sector] = field(default_factory=dict)
    legal_forms: dict[str, LegalForm] = field(default_factory=dict)
    by_name: dict[str, Organisation] = field(default_factory=dict)

    @classmethod
    def begin(cls, kind: str) -> "Run":
        """Read all that the run needs, once."""
        organisations_now = list(Organisation.objects.all())
        return cls(
            kind,
            candidates(kind),
            {p.code: p for p in Place.objects.all()},
            {o.code: o for o in organisations_now},
            {s.code: s for s in Sector.objects.all()},
            {f.code: f for f in LegalForm.objects.all()},
            {names.fold(o.name): o for o in organisations_now},
        )

    def take_in(self, actor: Actor, batch: ImportBatch, chunk: Sequence[ImportRow]) -> int:
        """Import one chunk; return how many records are new."""
        made = [row for row in chunk if self._take_in(actor, batch, row)]
        if self.kind == ImportKind.PEOPLE:
            people = [row.person for row in made if row.person is not None]
            search.index_many(
                search.Kind.PERSON, [(person.pk, search.words_of(person)) for person in people]
            )
        columns = ["outcome", "match", "person", "enterprise"]
        ImportRow.objects.bulk_update(chunk, columns, batch_size=100)
        return len(made)

    def _take_in(self, actor: Actor, batch: ImportBatch, row: ImportRow) -> bool:
        """Import one row; return whether it made a record."""
        traits = traits_of(self.kind, row.values)
        row.match = _match(self.everybody, traits)
        if row.match.get("is_same"):
            row.outcome = Outcome.MATCHED
            self._point_at(row, row.match["key"])
            self._affiliate(actor, row)
            return False
        row.outcome = Outcome.DOUBTFUL if row.match else Outcome.CREATED
        record_made = self._make(actor, batch, row)
        self.everybody.add(record_made.pk, traits)
        self._note_doubt(actor, row, record_made, traits)
        self._affiliate(actor, row)
        return True

    def _make(self, actor: Actor, batch: ImportBatch, row: ImportRow) -> Person | Enterprise:
        if self.kind == ImportKind.PEOPLE:
            row.person = self._make_person(actor, batch, row.values)
            return row.person
        row.enterprise = self._make_enterprise(actor, batch, row.values)
        return row.enterprise

    def _make_person(self, actor: Actor, batch: ImportBatch, values: Mapping[str, Any]) -> Person:
        """As `people.register_person`, whose key checks `candidates` has done already."""
        born = values.get("birth_date")
        texts = ("given_names", "surnames", "sex", "document_hash", "document_hint", "phone")
        return record.add(
            Person(
                **{name: values.get(name, "") for name in (*texts, "email")},
                birth_date=date.fromisoformat(born) if born else None,
                birth_year=None if born else values.get("birth_year"),
                place=self.places.get(values.get("place", "")),
                partner=batch.partner,
                created_by=actor.user,
                created_at=actor.at,
            )
        )

    def _make_enterprise(
        self, actor: Actor, batch: ImportBatch, values: Mapping[str, Any]
    ) -> Enterprise:
        founded = values.get("founded_on")
        return enterprises.register_enterprise(
            actor=actor,
            on=actor.at.date(),
            **{
                name: values.get(name, "")
                for name in ("name", "legal_name", "nit", "phone", "email")
            },
            sector=self.sectors.get(values.get("sector", "")),
            legal_form=self.legal_forms.get(values.get("legal_form", "")),
            is_formal=values.get("is_formal"),
            place=self.places.get(values.get("place", "")),
            founded_on=date.fromisoformat(founded) if founded else None,
            partner=batch.partner,
            numbers={kind: Decimal(values[kind]) for kind in NUMBERS if kind in values},
        )

    def _note_doubt(
        self, actor: Actor, row: ImportRow, made: Person | Enterprise, traits: Traits
    ) -> None:
        """Queue the pair that the row's likeness, or a shared telephone, makes doubtful."""
        other_key = row.match.get("key")
        found = Likeness(float(row.match.get("score", 0)), tuple(row.match.get("reasons", ())))
        if other_key is None:
            other_key = self.everybody.holder_of_phone(traits.phone)
            found = Likeness(0.5, ("same_phone",))
        if other_key is None or other_key == made.pk:
            return
        other = type(made)._base_manager.get(pk=other_key)
        duplicates.note_pair(actor=actor, one=made, other=other, likeness=found)

    def _affiliate(self, actor: Actor, row: ImportRow) -> None:
        """Link a person to the organisation named, which is registered if nobody knew it."""
        if row.person is None:
            return
        organisation = self._organisation(actor, row.values)
        if organisation is not None:
            people.affiliate(
                actor=actor,
                person=row.person,
                organisation=organisation,
                role=Affiliation.Role.REPRESENTATIVE,
                starts_on=actor.at.date(),
            )

    def _organisation(self, actor: Actor, values: Mapping[str, Any]) -> Organisation | None:
        if values.get("organisation"):
            return self.organisations.get(values["organisation"])
        name = values.get("organisation_name")
        if not name:
            return None
        key = names.fold(name)
        if key not in self.by_name:
            made = organisations.register_organisation(
                actor=actor,
                name=name[:200],
                constituency=values.get("constituency", ""),
                needs_review=True,
            )
            self.organisations[made.code] = self.by_name[key] = made
        return self.by_name[key]

    @staticmethod
    def _point_at(row: ImportRow, key: int) -> None:
        if row.batch.kind == ImportKind.PEOPLE:
            row.person_id = key
        else:
            row.enterprise_id = key


def take_out(records: Sequence[Person | Enterprise]) -> None:
    """Remove records that an import made, with the rows made together with them."""
    for model in (Person, Enterprise):
        rows = [row for row in records if isinstance(row, model)]
        search.forget_many(search.KIND_OF[model], [row.pk for row in rows])
        record.remove_many(rows)
