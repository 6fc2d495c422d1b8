"""Addresses: inside under `certificados/`, for whoever checks one the shortest that can be."""

from django.urls import path

from digna.certificates.views import inside, issuing, public

app_name = "certificates"
ONE = "certificados/<uuid:key>/"
urlpatterns = [
    path("certificados/", inside.certificates, name="certificates"),
    path("certificados/descargar", inside.export_certificates, name="export_certificates"),
    path(ONE, inside.certificate, name="certificate"),
    path(f"{ONE}papel.pdf", inside.paper, name="paper"),
    path(f"{ONE}anular", issuing.revoke, name="revoke"),
    path(f"{ONE}corregir", issuing.reissue, name="reissue"),
    path("certificados/persona/<uuid:key>", issuing.issue_to_person, name="issue_to_person"),
    path("certificados/empresa/<uuid:key>", issuing.issue_to_firm, name="issue_to_firm"),
    path("c/", public.find, name="find"),
    path("c/credencial", public.judge, name="judge"),
    path("c/estado/<int:page>", public.status_list, name="status_list"),
    path("c/<str:code>", public.check, name="check"),
    path("c/<str:code>/credencial.json", public.credential, name="credential"),
    path("c/<str:code>/papel.pdf", public.check_paper, name="check_paper"),
]
