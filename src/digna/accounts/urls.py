"""Addresses of accounts, one's own account, cards and the journal."""

from django.urls import path

from digna.accounts.views import cards, journal, me, members

app_name = "accounts"
urlpatterns = [
    path("cuentas/", members.members, name="members"),
    path("cuentas/nueva", members.new_member, name="new_member"),
    path("cuentas/lista", cards.new_members, name="new_members"),
    path("cuentas/<uuid:key>", members.member, name="member"),
    path("cuentas/<uuid:key>/corregir", members.change_contact, name="change_contact"),
    path("cuentas/<uuid:key>/cerrar", members.deactivate, name="deactivate"),
    path("cuentas/<uuid:key>/abrir", members.reactivate, name="reactivate"),
    path("cuentas/<uuid:key>/rol", members.give_membership, name="give_membership"),
    path(
        "cuentas/<uuid:key>/rol/<int:number>/terminar",
        members.end_membership,
        name="end_membership",
    ),
    path("cuentas/<uuid:key>/tarjeta", members.issue_card, name="issue_card"),
    path("cuentas/<uuid:key>/tarjeta/<int:number>/pin", members.reset_pin, name="reset_pin"),
    path("cuentas/<uuid:key>/tarjeta/<int:number>/anular", members.revoke_card, name="revoke_card"),
    path("cuentas/<uuid:key>/contrasena", members.password_link, name="password_link"),
    path("cuentas/<uuid:key>/sesiones", members.end_sessions, name="end_sessions"),
    path("cuenta/", me.me, name="me"),
    path("cuenta/tarjeta/", cards.card_sign_in, name="card_sign_in"),
    path("cuenta/tarjeta/<str:code>", cards.card, name="card"),
    # These stand before allauth's pages of the same address, which would write past the journal.
    path("cuenta/email/", me.kept_by_coordinator, name="change_email"),
    path("cuenta/phone/change/", me.kept_by_coordinator, name="change_phone"),
    path("cuenta/phone/verify/", me.kept_by_coordinator, name="verify_phone"),
    path("diario/", journal.journal, name="journal"),
    path("diario/exportar.csv", journal.export_journal, name="export_journal"),
    path("diario/<int:number>", journal.journal_line, name="journal_line"),
]
