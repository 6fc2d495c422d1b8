"""Addresses: Spanish paths for people, English names for code."""

from django.urls import include, path
from django.views.i18n import set_language

from digna.config import views

urlpatterns = [
    path("", views.today, name="today"),
    path("idioma", set_language, name="set_language"),
    path("", include("digna.accounts.urls")),
    path("cuenta/", include("allauth.urls")),
    path("", include("digna.registry.urls")),
    path("resultados/", include("digna.results.urls")),
    path("", include("digna.markets.urls")),
    path("", include("digna.reports.urls")),
    path("publico/", include("digna.portal.urls")),
    path("", include("digna.programmes.urls")),
    path("", include("digna.events.urls")),
    path("", include("digna.certificates.urls")),
    path("", include("digna.improvement.urls")),
    path("", include("digna.training.urls")),
    path("", include("digna.trainers.urls")),
    path("", include("digna.partners.urls")),
    path("", include("digna.studies.urls")),
    path("", include("digna.pathways.urls")),
    path("", include("digna.learning.urls")),
    path("", include("digna.mentoring.urls")),
    path("", include("digna.linkages.urls")),
    path("", include("digna.rounds.urls")),
    path("", include("digna.packages.urls")),
    path("", include("digna.xapi.urls")),
    path("", include("digna.surveys.urls")),
    path("", include("digna.field.urls")),
    path("", include("digna.web.urls")),
]
