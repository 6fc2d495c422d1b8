"""Addresses of this room."""

from django.urls import URLPattern

app_name = "linkages"
urlpatterns: list[URLPattern] = []
