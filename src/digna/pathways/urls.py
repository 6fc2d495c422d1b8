"""Addresses of the guides, open to the world."""

from django.urls import path

from digna.pathways.views import guides

app_name = "pathways"
urlpatterns = [
    path("rutas/", guides.guides, name="guides"),
    path("rutas/regimenes", guides.regimes, name="regimes"),
    path("rutas/<slug:code>", guides.guide, name="guide"),
    path("rutas/<slug:code>/papel", guides.paper, name="guide_paper"),
]
