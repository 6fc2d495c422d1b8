"""Addresses of the public account."""

from django.urls import path

from digna.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.programmes, name="programmes"),
    path("<slug:code>", views.account, name="account"),
    path("<slug:code>/cifras.<str:form>", views.figures, name="figures"),
    path("<slug:code>/datos.zip", views.open_data, name="open_data"),
    path("<slug:code>/iati.xml", views.iati, name="iati"),
    path("<slug:code>/<slug:indicator>", views.definition, name="definition"),
]
