"""Addresses of the week; mounted within those of the field."""

from django.urls import path

from digna.field.days import views

urlpatterns = [
    path("campo/hoy", views.today, name="today"),
    path("campo/empresas/", views.my_firms, name="firms"),
    path("campo/empresas/<uuid:key>/", views.firm, name="firm"),
    path("campo/listas/", views.lists, name="lists"),
    path("campo/hacer/<slug:slug>/<str:key>/", views.work, name="work"),
    path("campo/papel/<slug:slug>/<str:key>/", views.paper, name="paper"),
    path("campo/registrar/<slug:slug>/", views.register, name="register"),
    path("campo/registrar/<slug:slug>/<uuid:key>/", views.register, name="register_of"),
    path("campo/llevar", views.take_along, name="take_along"),
    path("campo/semana.json", views.week, name="week"),
    path("campo/indice.json", views.near_index, name="index"),
    path("campo/paginas.json", views.pages, name="pages"),
]
