"""Addresses of the offline face."""

from django.urls import path

from digna.field import views
from digna.field.days import urls as days

app_name = "field"
urlpatterns = [
    path("campo/", views.home, name="shell"),
    path("campo/archivo", views.outbox, name="outbox"),
    path("sw.js", views.worker, name="worker"),
    path("digna.webmanifest", views.manifest, name="manifest"),
    path("field/grant", views.grant, name="grant"),
    path("field/sync", views.sync, name="sync"),
    *days.urlpatterns,
]
