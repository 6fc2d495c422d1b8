"""Addresses of market intelligence, under `fichas/`."""

from django.urls import path

from digna.markets.views import data, entries, firms, products, sheets, versions

app_name = "markets"
P = "fichas/producto/<str:exporter>/<str:product>/"
S, V = "fichas/<uuid:key>/", "fichas/version/<uuid:key>/"
F = "fichas/empresa/<uuid:firm>/"
urlpatterns = [
    path("fichas/", sheets.sheets, name="sheets"),
    path("fichas/buscar", products.find, name="find"),
    path(P, products.product, name="product"),
    path(f"{P}calcular", products.compute, name="compute"),
    path(f"{P}avance", products.progress, name="progress"),
    path(f"{P}comparar", products.compare, name="compare"),
    path(f"{P}cifra", products.figure, name="figure"),
    path(f"{P}tabla.<slug:form>", products.export, name="export"),
    path(f"{P}mercado/<str:market>", products.market, name="market"),
    path(f"{P}publicadas/nueva", products.add_figure, name="add_figure"),
    path("fichas/publicada/<int:figure>/quitar", products.remove_figure, name="remove_figure"),
    path("fichas/datos", data.data, name="data"),
    path("fichas/datos/traer", data.bring, name="bring"),
    path("fichas/datos/archivo/<uuid:key>", data.bringing, name="bringing"),
    path("fichas/datos/<str:key>/retirar", data.retire, name="retire"),
    path("fichas/nueva", sheets.open_sheet, name="open_sheet"),
    path(S, sheets.sheet, name="sheet"),
    path(f"{S}corregir", sheets.change_sheet, name="change_sheet"),
    path(f"{S}mercados", sheets.choose_markets, name="choose_markets"),
    path(f"{S}numeros", sheets.renew_numbers, name="renew_numbers"),
    path(f"{S}texto", sheets.texts, name="texts"),
    path(f"{S}texto/<slug:part>", sheets.write_text, name="write_text"),
    path(f"{S}datos", entries.entries, name="entries"),
    path(f"{S}datos/del-kit", entries.take_suggestion, name="take_suggestion"),
    path(f"{S}datos/nuevo/<slug:kind>", entries.add_entry, name="add_entry"),
    path("fichas/dato/<uuid:key>/corregir", entries.change_entry, name="change_entry"),
    path("fichas/dato/<uuid:key>/quitar", entries.remove_entry, name="remove_entry"),
    path(f"{S}versiones", versions.versions, name="versions"),
    path(f"{S}enviar", versions.send, name="send"),
    path(f"{S}ficha.<slug:form>", sheets.paper, name="paper"),
    path(V, versions.version, name="version"),
    path(f"{V}aprobar", versions.approve, name="approve"),
    path(f"{V}devolver", versions.send_back, name="send_back"),
    path(f"{V}publicar", versions.publish, name="publish"),
    path(f"{V}retirar", versions.withdraw, name="withdraw"),
    path(f"{V}ficha.<slug:form>", versions.version_paper, name="version_paper"),
    path(F, firms.firm, name="firm"),
    path(f"{F}<uuid:key>", firms.firm_sheet, name="firm_sheet"),
    path(f"{F}<uuid:key>/hoja.<slug:form>", firms.firm_paper, name="firm_paper"),
    path("publico/fichas/", versions.public_sheets, name="public_sheets"),
    path("publico/fichas/<uuid:key>", versions.public_sheet, name="public_sheet"),
    path("publico/fichas/<uuid:key>/ficha.<slug:form>", versions.public_paper, name="public_paper"),
]
