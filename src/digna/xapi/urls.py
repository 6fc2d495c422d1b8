"""Addresses of this room: the interface under its own path, and the staff's screens."""

from django.urls import path

from digna.xapi.views import about, documents, statements

app_name = "xapi"
urlpatterns = [
    path("xapi/statements", statements.statements, name="statements"),
    path("xapi/activities", about.activities, name="activities"),
    path("xapi/activities/state", documents.state, name="state"),
    path("xapi/activities/profile", documents.activity_profile, name="activity_profile"),
    path("xapi/agents", about.agents, name="agents"),
    path("xapi/agents/profile", documents.agent_profile, name="agent_profile"),
    path("xapi/about", about.about, name="about"),
]
