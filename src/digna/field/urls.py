"""Addresses of the offline face."""

from django.urls import path

from digna.field.views import shell, sync

app_name = "field"
urlpatterns = [
    path("campo/", shell.home, name="shell"),
    path("campo/archivo", shell.outbox, name="outbox"),
    path("sw.js", shell.worker, name="worker"),
    path("digna.webmanifest", shell.manifest, name="manifest"),
    path("field/grant", shell.grant, name="grant"),
    path("field/sync", sync.sync, name="sync"),
    path("field/parts/<str:digest>", sync.part, name="part"),
    path("field/known", sync.known, name="known"),
    path("field/device", sync.device, name="device"),
    path("field/device/recovery", sync.recover, name="recover"),
]
