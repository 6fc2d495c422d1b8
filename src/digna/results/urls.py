"""Addresses of results."""

from django.urls import path

from digna.results.views import (
    declaring,
    effects,
    iati,
    overview,
    periods,
    promising,
    quality,
    records,
    reviews,
)

app_name = "results"
ONE = "<slug:code>/indicadores/<slug:indicator>"
PERIOD = "<slug:code>/revision/<int:key>"
urlpatterns = [
    path("", overview.programmes, name="programmes"),
    path("potencia/", effects.power, name="power"),
    path("<slug:code>/", overview.programme, name="programme"),
    path("<slug:code>/avance", overview.progress, name="progress"),
    path("<slug:code>/recalcular", overview.recompute, name="recompute"),
    path("<slug:code>/adoptar", declaring.adopt, name="adopt"),
    path("<slug:code>/cifras.<str:form>", records.export, name="export"),
    path("<slug:code>/datos.zip", records.open_data, name="open_data"),
    path("<slug:code>/cifras/<int:key>/registros", records.records, name="records"),
    path("<slug:code>/nuevo-indicador", declaring.new_indicator, name="new_indicator"),
    path("<slug:code>/traer", promising.import_table, name="import_table"),
    path("<slug:code>/periodos/", periods.periods, name="periods"),
    path("<slug:code>/periodos/<int:key>/congelar", periods.freeze_period, name="freeze_period"),
    path("<slug:code>/periodos/<int:key>/abrir", periods.reopen_period, name="reopen_period"),
    path("<slug:code>/revision", reviews.review, name="review"),
    path(f"{PERIOD}/enviar", reviews.submit, name="review_submit"),
    path(f"{PERIOD}/aprobar", reviews.approve, name="review_approve"),
    path(f"{PERIOD}/plazo", reviews.due, name="review_due"),
    path(f"{PERIOD}/bloqueo", reviews.lock, name="review_lock"),
    path(f"{PERIOD}/de/<slug:indicator>", reviews.review_one, name="review_one"),
    path(f"{PERIOD}/de/<slug:indicator>/devolver", reviews.send_back, name="review_send_back"),
    path(f"{PERIOD}/de/<slug:indicator>/retirar", reviews.withdraw, name="review_withdraw"),
    path(f"{PERIOD}/de/<slug:indicator>/comentar", reviews.comment, name="review_comment"),
    path(
        f"{PERIOD}/de/<slug:indicator>/comentarios/<int:comment>",
        reviews.resolve_comment,
        name="review_resolve_comment",
    ),
    path("<slug:code>/calidad", quality.ledger, name="quality"),
    path("<slug:code>/calidad/revisar", quality.check, name="quality_check"),
    path("<slug:code>/calidad/controles.csv", quality.ledger_csv, name="quality_csv"),
    path("<slug:code>/calidad/controles/<int:key>", quality.failing, name="quality_failing"),
    path("<slug:code>/calidad/de/<slug:indicator>", quality.of_figure, name="quality_one"),
    path(
        "<slug:code>/calidad/de/<slug:indicator>/muestra", quality.draw_sample, name="draw_sample"
    ),
    path("<slug:code>/calidad/muestras/<int:key>", quality.sample, name="sample"),
    path("<slug:code>/calidad/muestras/<int:key>/<int:place>", quality.look_for, name="look_for"),
    path("<slug:code>/contribucion", effects.effects, name="effects"),
    path("<slug:code>/contribucion/nuevo", effects.new_effect, name="new_effect"),
    path("<slug:code>/contribucion/archivo", effects.upload_effect, name="upload_effect"),
    path("<slug:code>/contribucion/<uuid:key>", effects.effect, name="effect"),
    path("<slug:code>/contribucion/<uuid:key>/estimar", effects.estimate, name="estimate_effect"),
    path("<slug:code>/contribucion/<uuid:key>/quitar", effects.remove_effect, name="remove_effect"),
    path("<slug:code>/contribucion/<uuid:key>.xlsx", effects.effect_xlsx, name="effect_xlsx"),
    path("<slug:code>/iati", iati.iati, name="iati"),
    path("<slug:code>/iati/ajustes", iati.iati_settings, name="iati_settings"),
    path("<slug:code>/iati/borrador.xml", iati.draft, name="iati_draft"),
    path("<slug:code>/iati/publicar", iati.publish, name="iati_publish"),
    path("<slug:code>/iati/<uuid:key>.xml", iati.published, name="iati_file"),
    path(ONE, overview.indicator, name="indicator"),
    path(f"{ONE}/cambiar", declaring.change_indicator, name="change_indicator"),
    path(f"{ONE}/linea-de-base", promising.baseline, name="baseline"),
    path(f"{ONE}/metas", promising.targets, name="targets"),
    path(f"{ONE}/metas/<int:key>/quitar", promising.remove_target, name="remove_target"),
]
