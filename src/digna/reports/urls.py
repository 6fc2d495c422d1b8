"""Addresses of reports."""

from django.urls import path

from digna.reports.views import editions, reports

app_name = "reports"
HERE = "informes/"
ONE = f"{HERE}<uuid:key>/"
EDITION = f"{HERE}edicion/<uuid:key>/"
PUBLIC = "publico/informes/<slug:code>"
urlpatterns = [
    path(HERE, reports.reports, name="reports"),
    path(f"{HERE}nuevo/<slug:kind>", reports.new, name="new"),
    path(ONE, reports.report, name="report"),
    path(f"{ONE}informe.<str:form>", reports.report_paper, name="paper"),
    path(f"{ONE}escribir/<slug:section>", reports.write, name="write"),
    path(f"{ONE}emitir", editions.issue, name="issue"),
    path(f"{ONE}comparar", editions.compare, name="compare"),
    path(EDITION, editions.edition, name="edition"),
    path(f"{EDITION}informe.<str:form>", editions.edition_paper, name="edition_paper"),
    path(f"{EDITION}publicar", editions.publish, name="publish"),
    path(f"{EDITION}retirar", editions.withdraw, name="withdraw"),
    path(PUBLIC, editions.statement, name="statement"),
    path(f"{PUBLIC}/informe.<str:form>", editions.statement_paper, name="statement_paper"),
]
