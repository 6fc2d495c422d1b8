"""Addresses of the screens that belong to no room."""

from django.urls import path

from digna.web import views

app_name = "web"
urlpatterns = [
    path("estilo", views.style, name="style"),
    path("estilo/hoja", views.style_sheet, name="style_sheet"),
    path("tema", views.theme, name="theme"),
]
