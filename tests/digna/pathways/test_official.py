"""Official dumps: read tolerantly, paired, compared with warnings, decided by a person, once."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

import make
from digna.errors import Refused
from digna.pathways import official, official_differences
from digna.pathways.models import FactCorrection, FactProposal, OfficialFile, OfficialRecord
from digna.pathways.selectors import official as selectors
from digna.pathways.selectors.library import shelf
from digna.pathways.services import official as services
from digna.registry.models import Enterprise
from pathways import made


@pytest.fixture
def installed(db: None) -> None:
    made.kits()


def taken(*records: dict, name: str = "volcado.json") -> OfficialFile:  # type: ignore[type-arg]
    return services.take_in(actor=make.actor(), name=name, content=made.dump(*records))


def proposals(**values: object) -> dict[str, FactProposal]:
    return {one.field: one for one in FactProposal.objects.filter(**values)}


def test_a_record_is_read_with_all_its_fields() -> None:
    one = official.read(
        made.dump(made.official(marcoLegal="DS 29847\nRM 185", url="https://taypi.example"))
    ).records[0]
    assert (one.source_id, one.agency, one.updated_on) == ("1541", "SENAVEX", date(2026, 10, 1))
    assert one.charges == (official.Charge("Empresas", Decimal(182), "BOB"),)
    assert one.duration == (Decimal(2), "hours")
    assert (one.law, one.documents) == (("DS 29847", "RM 185"), ("NIT",))
    assert official.from_plain(one.plain()) == one


def test_what_cannot_be_read_is_named_and_the_rest_is_kept() -> None:
    broken = made.official(
        7, costs=[{"costo": "gratis"}, {"costo": 5, "moneda": "doblones"}], unit="lunas",
        fechaActualizacion="ayer",
    )  # fmt: skip
    reading = official.read(made.dump(broken, {"nombre": "Sin número"}, {"id": 9}, [1]))
    assert [one.source_id for one in reading.records] == ["7"]
    assert {(one.record, one.field) for one in reading.refused} == {
        ("7", "costo"), ("7", "moneda"), ("7", "unidadMedidaDuracion"),
        ("7", "fechaActualizacion"), ("#2", "id"), ("9", "nombre"), ("#4", "registro"),
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"datos": [made.official()]}).encode(),
        json.dumps(made.official()).encode(),
        b"\xef\xbb\xbf" + made.dump(made.official()),
        json.dumps(made.official()).encode() + b"\n\n" + json.dumps(made.official()).encode(),
    ],
)
def test_every_shape_of_dump_is_read(content: bytes) -> None:
    assert [one.source_id for one in official.read(content).records] == ["1541"]


@pytest.mark.parametrize(
    ("text", "amount"), [("1.300,50", "1300.50"), ("Bs 130", "130"), (0.36, "0.36"), (0, "0")]
)
def test_amounts_are_read_as_people_write_them(text: object, amount: str) -> None:
    one = official.read(made.dump(made.official(costs=[{"costo": text}]))).records[0]
    assert one.charges[0].amount == Decimal(amount)


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    official.read(content)


plain = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["modalidades", "entidad", "marcoLegal", "url"]), plain))
def test_no_shape_of_record_breaks_the_reader(odd: dict) -> None:  # type: ignore[type-arg]
    reading = official.read(made.dump({"id": 1, "nombre": "x"} | odd))
    assert len(reading.records) == 1


@pytest.mark.usefixtures("installed")
def test_a_record_is_paired_by_its_number_then_by_its_name() -> None:
    steps = list(shelf().library.steps.values())

    def found(**values: object) -> object:
        one = official.read(made.dump(made.official(**values))).records[0]  # type: ignore[arg-type]
        return official_differences.pair(one, steps)

    assert found() == ("exporter_register", 1.0)
    assert found(key=99, nombre="Habilitar facturación electrónica")[0] == "e_invoicing"  # type: ignore[index]
    assert found(key=99, nombre="Licencia de caza de vicuñas") is None


@pytest.mark.usefixtures("installed")
def test_a_dump_proposes_and_publishes_nothing() -> None:
    file = taken(
        made.official(costs=[{"conceptoPago": "Empresas", "costo": 200, "moneda": "Bs"}]),
        made.official(4242, nombre="Licencia de caza"),
    )
    assert (file.read_count, file.new_count, file.proposed_count) == (2, 2, 2)
    assert set(proposals()) == {"price", "documents"}
    assert not FactCorrection.objects.exists()
    assert OfficialRecord.objects.get(source_id="4242").step == ""
    assert selectors.counts() == {"por-revisar": 1, "sin-paso": 1, "": 2}


@pytest.mark.usefixtures("installed")
def test_the_same_dump_again_proposes_nothing_and_a_changed_record_only_what_changed() -> None:
    first = {"costs": [{"costo": 200, "moneda": "Bs"}], "documents": ["NIT"]}
    taken(made.official(**first))  # type: ignore[arg-type]
    again = taken(made.official(**first), name="otra.json")  # type: ignore[arg-type]
    assert (again.new_count, again.changed_count, again.proposed_count) == (0, 0, 0)
    third = taken(made.official(**(first | {"costs": [{"costo": 210, "moneda": "Bs"}]})))  # type: ignore[arg-type]
    assert (third.changed_count, third.proposed_count) == (1, 1)
    states = {one.theirs: one.state for one in FactProposal.objects.filter(field="price")}
    assert states == {"200 BOB": "overtaken", "210 BOB": "open"}
    assert proposals(field="documents")["documents"].state == "open"


@pytest.mark.usefixtures("installed")
def test_what_is_accepted_is_in_force_with_where_it_comes_from() -> None:
    taken(made.official(costs=[{"conceptoPago": "", "costo": 200, "moneda": "Bs"},
                               {"conceptoPago": "", "costo": 142, "moneda": "Bs"}]))  # fmt: skip
    row = proposals()["price"]
    assert (row.ours, row.theirs) == ("182 BOB", "200 BOB")
    services.accept(actor=make.actor(), proposal=row, since=date(2026, 10, 1), certainty="high")
    made_ = FactCorrection.objects.get()
    assert made_.source_record == "1541 · 2026-10-01"
    assert "n.º 1541" in made_.source
    prices = [p for p in shelf().library.steps["exporter_register"].prices]
    now = {p.amount for p in prices if p.valid.covers(date(2026, 11, 1))}
    assert now == {Decimal(200), Decimal(142)}
    with pytest.raises(Refused) as refused:
        services.reject(actor=make.actor(), proposal=row)
    assert refused.value.code == "pathways.proposal.decided"


@pytest.mark.usefixtures("installed")
def test_what_is_rejected_is_not_proposed_again() -> None:
    record = made.official(costs=[{"costo": 200, "moneda": "Bs"}])
    taken(record)
    services.reject(actor=make.actor(), proposal=proposals()["price"])
    taken(record | {"slug": "otro"})
    assert proposals()["price"].state == "rejected"
    assert FactProposal.objects.filter(field="price").count() == 1


@pytest.mark.usefixtures("installed")
def test_the_four_known_faults_are_warned_of() -> None:
    taken(
        made.official(
            2607, nombre="Certificado fitosanitario", entidad="SENASAG",
            costs=[{"conceptoPago": "Código 160", "costo": 160, "moneda": "Bs"},
                   {"conceptoPago": "CFE", "costo": 0.36, "moneda": "Bs"}],
            documents=["Certificado de registro en AFCOOP", "Contrato con YLB"],
        ),
        made.official(
            1029, nombre="Registro de empresa unipersonal", entidad="SEPREC", esVirtual=False,
            audience="Empresas Públicas",
            costs=[{"conceptoPago": "", "costo": 999, "moneda": "Bs"}],
        ),
    )  # fmt: skip
    warned = {
        (one.record.source_id, one.theirs.split(" ")[0]): set(one.warnings)
        for one in FactProposal.objects.select_related("record")
        if one.field in ("price", "documents")
    }
    assert "tariff_code" in warned["2607", "160"]
    assert "tiny" in warned["2607", "0.36"]
    assert "foreign_document" in warned["2607", "Certificado"]
    assert "audience" in warned["1029", "999"]
    sides = [side for row in OfficialRecord.objects.all() for side in selectors.sides(row)]
    assert all(side.warnings for side in sides if side.proposal.warnings)


@pytest.mark.usefixtures("installed")
def test_a_person_pairs_a_record_anew() -> None:
    taken(made.official(4242, nombre="Trámite sin parecido alguno"))
    row = OfficialRecord.objects.get()
    services.pair(actor=make.actor(), row=row, step="trade_licence")
    assert FactProposal.objects.filter(step="trade_licence", state="open").exists()
    services.pair(actor=make.actor(), row=row, step="")
    assert not FactProposal.objects.filter(state="open").exists()
    with pytest.raises(Refused) as refused:
        services.pair(actor=make.actor(), row=row, step="volar")
    assert refused.value.code == "pathways.step.unknown"


@pytest.mark.usefixtures("installed")
def test_an_office_that_is_not_ours_is_corrected_by_hand() -> None:
    taken(made.official(entidad="Ministerio de Asuntos Lunares"))
    row = proposals()["agency"]
    assert row.value is None
    with pytest.raises(Refused) as refused:
        services.accept(actor=make.actor(), proposal=row, since=date(2026, 1, 1))
    assert refused.value.code == "pathways.proposal.by_hand"


@pytest.mark.usefixtures("installed")
def test_other_fields_are_accepted_too() -> None:
    taken(made.official(duration=3, unit="días hábiles", marcoLegal=["DS 1"]))
    for field in ("duration", "documents", "law"):
        services.accept(actor=make.actor(), proposal=proposals()[field], since=date(2026, 1, 1))
    step = shelf().library.steps["exporter_register"]
    assert step.duration is not None
    assert (step.duration.amount, step.duration.unit) == (Decimal(3), "working_days")
    assert list(step.law) == ["DS 1"]
    assert [words["es"] for words in step.documents] == ["NIT"]


@pytest.mark.usefixtures("installed")
def test_nothing_readable_is_refused() -> None:
    for content, code in ((b"hola", "pathways.official.empty"), (b"[]", "pathways.official.empty")):
        with pytest.raises(Refused) as refused:
            services.take_in(actor=make.actor(), name="x", content=content)
        assert refused.value.code == code
    assert not OfficialFile.objects.exists()


@pytest.mark.usefixtures("installed")
def test_the_command_reads_a_file_and_says_what_it_could_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "volcado.json"
    path.write_bytes(made.dump(made.official(), {"id": 3}))
    call_command("pathways", "import", str(path))
    told = capsys.readouterr().out
    assert "1 leídos · 1 nuevos" in told
    assert "3: sin nombre" in told
    with pytest.raises(CommandError, match="No se puede leer"):
        call_command("pathways", "import", str(tmp_path / "no.json"))
    path.write_text("nada")
    with pytest.raises(CommandError, match="No hay trámites"):
        call_command("pathways", "import", str(path))
    assert not Enterprise.objects.exists()
