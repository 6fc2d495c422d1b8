"""Addresses of this room: the interface under its own path, and the staff's screens."""

from django.urls import path

from digna.xapi.views import about, documents, screens, statements

app_name = "xapi"
urlpatterns = [
    path("xapi/statements", statements.statements, name="statements"),
    path("xapi/activities", about.activities, name="activities"),
    path("xapi/activities/state", documents.state, name="state"),
    path("xapi/activities/profile", documents.activity_profile, name="activity_profile"),
    path("xapi/agents", about.agents, name="agents"),
    path("xapi/agents/profile", documents.agent_profile, name="agent_profile"),
    path("xapi/about", about.about, name="about"),
    path("registros/", screens.list_statements, name="list_statements"),
    path("registros/descargar", screens.export_statements, name="export_statements"),
    path("registros/claves", screens.keys, name="keys"),
    path("registros/claves/nueva", screens.make_key, name="make_key"),
    path("registros/claves/<uuid:key>/retirar", screens.revoke_key, name="revoke_key"),
    path("registros/<uuid:key>", screens.statement, name="statement"),
]
