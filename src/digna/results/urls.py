"""Addresses of results."""

from django.urls import path

from digna.results.views import (
    arrivals,
    chain_attached,
    chain_parts,
    chain_versions,
    chains,
    declaring,
    iati,
    overview,
    periods,
    promising,
    records,
    self_check,
)

app_name = "results"
ONE = "<slug:code>/indicadores/<slug:indicator>"
CHAINS = "<slug:code>/cadenas"
CHAIN = f"{CHAINS}/<uuid:key>"
PART = f"{CHAIN}/partes/<uuid:part>"
chain_patterns = [
    path(f"{CHAINS}/", chains.chains, name="chains"),
    path(f"{CHAINS}/nueva", chains.new_chain, name="new_chain"),
    path(f"{CHAINS}/ejemplos/<slug:slug>", chains.start_example, name="start_example"),
    path(f"{CHAIN}/descargar.svg", chains.chain_svg, name="chain_svg"),
    path(f"{CHAIN}.pdf", chains.chain_pdf, name="chain_pdf"),
    path(f"{CHAIN}/", chains.chain, name="chain"),
    path(f"{CHAIN}/cambiar", chains.change_chain, name="change_chain"),
    path(f"{CHAIN}/archivar", chains.archive_chain, name="archive_chain"),
    path(f"{CHAIN}/revisar", chains.review_chain, name="review_chain"),
    path(f"{CHAIN}/versiones/", chain_versions.chain_versions, name="chain_versions"),
    path(f"{CHAIN}/versiones/<int:number>", chain_versions.chain_version, name="chain_version"),
    path(f"{CHAIN}/casillas/nueva", chain_parts.new_box, name="new_box"),
    path(f"{CHAIN}/casillas/<uuid:part>", chain_parts.box, name="box"),
    path(f"{CHAIN}/casillas/<uuid:part>/cambiar", chain_parts.change_box, name="change_box"),
    path(f"{CHAIN}/flechas/nueva", chain_parts.new_arrow, name="new_arrow"),
    path(f"{CHAIN}/flechas/<uuid:part>", chain_parts.arrow, name="arrow"),
    path(f"{CHAIN}/flechas/<uuid:part>/cambiar", chain_parts.change_arrow, name="change_arrow"),
    path(f"{PART}/quitar", chain_parts.remove_part, name="remove_part"),
    path(f"{PART}/devolver", chain_parts.restore_part, name="restore_part"),
    path(f"{PART}/supuestos/nuevo", chain_attached.new_assumption, name="new_assumption"),
    path(
        f"{PART}/supuestos/<int:row>",
        chain_attached.change_assumption,
        name="change_assumption",
    ),
    path(
        f"{PART}/supuestos/<int:row>/quitar",
        chain_attached.remove_assumption,
        name="remove_assumption",
    ),
    path(f"{PART}/evidencias/nueva", chain_attached.new_evidence, name="new_evidence"),
    path(f"{PART}/evidencias/<int:row>", chain_attached.change_evidence, name="change_evidence"),
    path(
        f"{PART}/evidencias/<int:row>/quitar",
        chain_attached.remove_evidence,
        name="remove_evidence",
    ),
]
CHECK = "<slug:code>/autoevaluacion"
check_patterns = [
    path(CHECK, self_check.self_check, name="self_check"),
    path(f"{CHECK}.<str:form>", self_check.self_check_export, name="self_check_export"),
    path(f"{CHECK}/puntos/<slug:slug>", self_check.answer_point, name="answer_point"),
    path(f"{CHECK}/puntos/<slug:slug>/datos", self_check.withdraw_answer, name="withdraw_answer"),
    path(f"{CHECK}/guardadas/<int:number>", self_check.assessment, name="assessment"),
]
urlpatterns = [
    *chain_patterns,
    *check_patterns,
    path("", overview.programmes, name="programmes"),
    path("<slug:code>/", overview.programme, name="programme"),
    path("<slug:code>/avance", overview.progress, name="progress"),
    path("<slug:code>/recalcular", overview.recompute, name="recompute"),
    path("<slug:code>/adoptar", declaring.adopt, name="adopt"),
    path("<slug:code>/cifras.<str:form>", records.export, name="export"),
    path("<slug:code>/datos.zip", records.open_data, name="open_data"),
    path("<slug:code>/cifras/<int:key>/registros", records.records, name="records"),
    path("<slug:code>/nuevo-indicador", declaring.new_indicator, name="new_indicator"),
    path("<slug:code>/probar-indicador", declaring.try_indicator, name="try_indicator"),
    path("<slug:code>/probar-indicador/<uuid:key>", declaring.trial, name="trial"),
    path("<slug:code>/traer", promising.import_table, name="import_table"),
    path("<slug:code>/periodos/", periods.periods, name="periods"),
    path("<slug:code>/periodos/<int:key>/congelar", periods.freeze_period, name="freeze_period"),
    path("<slug:code>/periodos/<int:key>/abrir", periods.reopen_period, name="reopen_period"),
    path("<slug:code>/iati", iati.iati, name="iati"),
    path("<slug:code>/iati/ajustes", iati.iati_settings, name="iati_settings"),
    path("<slug:code>/iati/borrador.xml", iati.draft, name="iati_draft"),
    path("<slug:code>/iati/importar", arrivals.iati_import, name="iati_import"),
    path("<slug:code>/iati/publicar", iati.publish, name="iati_publish"),
    path("<slug:code>/iati/<uuid:key>.xml", iati.published, name="iati_file"),
    path(ONE, overview.indicator, name="indicator"),
    path(f"{ONE}/cambiar", declaring.change_indicator, name="change_indicator"),
    path(f"{ONE}/linea-de-base", promising.baseline, name="baseline"),
    path(f"{ONE}/metas", promising.targets, name="targets"),
    path(f"{ONE}/metas/<int:key>/quitar", promising.remove_target, name="remove_target"),
]
