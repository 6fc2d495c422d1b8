"""Addresses of the programme."""

from django.urls import path

from digna.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programas/", views.programmes, name="programmes"),
    path("programas/nuevo", views.new_programme, name="new_programme"),
    path("programas/kits", views.kits, name="kits"),
    path("programas/<slug:code>", views.programme, name="programme"),
    path("programas/<slug:code>/corregir", views.change_programme, name="change_programme"),
    path("programas/<slug:code>/financiador", views.add_funder, name="add_funder"),
    path("programas/<slug:code>/fase", views.add_phase, name="add_phase"),
    path("programas/<slug:code>/areas", views.adopt_areas, name="adopt_areas"),
    path("programas/<slug:code>/areas/<slug:area>", views.change_area, name="change_area"),
    path("programas/<slug:code>/resultado", views.expect_result, name="expect_result"),
    path("programas/<slug:code>/actividad", views.plan_activity, name="plan_activity"),
    path("programas/actividades/<int:key>", views.activity, name="activity"),
    path("programas/actividades/<int:key>/corregir", views.change_activity, name="change_activity"),
]
