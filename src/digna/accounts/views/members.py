"""Accounts: the list, one account whole, and every change to one."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from digna.accounts import access, card_secrets, forms, links, printing
from digna.accounts.doors import door
from digna.accounts.models import User
from digna.accounts.selectors import members as selectors
from digna.accounts.services import cards, memberships, passwords, sessions
from digna.accounts.services import members as services
from digna.errors import Refused
from digna.journal import actor
from digna.web.forms import Form


@door(access.SEE)
def members(request: HttpRequest) -> HttpResponse:
    """The list."""
    page = selectors.members_page(request)
    return render(request, "accounts/members.html", {"listing": page})


@door(access.SEE)
def member(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One account."""
    page = selectors.member_page(request.user, access.member(request.user, key))
    return render(request, "accounts/member.html", {"page": page})


@never_cache
@door(access.MANAGE)
def new_member(request: HttpRequest) -> HttpResponse:
    """Make an account, and its card when asked."""
    form = forms.NewMemberForm(request.user, request.POST or None)
    if form.is_valid():
        given = form.given
        with_card = given.pop("with_card")
        try:
            act = actor.of_request(request, intention=form.intended)
            made = services.create_user(actor=act, **given)
        except Refused as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("%(name)s ya tiene cuenta.") % {"name": made})
            return redirect(
                "accounts:issue_card" if with_card else "accounts:member", made.public_id
            )
    return _form_page(
        request,
        form,
        title=_("Nueva cuenta"),
        action=_("Crear la cuenta"),
        sentence=_("Sin correo ni celular, la persona entra solo con su tarjeta."),
        back_url=reverse("accounts:members"),
    )


@door(access.MANAGE)
def change_contact(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Correct a name, an e-mail or a phone."""
    found = access.member_to_manage(request.user, key)
    initial = {"name": found.name, "phone": found.phone, "email": found.email}
    form = forms.ContactForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            services.change_contact(actor=act, user=found, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return _back(request, found, _("Guardado."))
    return _form_page(
        request, form, title=_("Corregir sus datos"), action=_("Guardar"), back_url=_url(found)
    )


@door(access.MANAGE)
def deactivate(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Close an account."""
    found = access.member_to_manage(request.user, key)
    form = forms.ConfirmForm(request.POST or None)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            services.deactivate(actor=act, user=found)
        except Refused as problem:
            form.refuse(problem)
        else:
            return _back(request, found, _("La cuenta quedó cerrada."))
    return _confirm_page(
        request,
        form,
        title=_("Cerrar la cuenta de %(name)s") % {"name": found},
        sentence=_("Ya no podrá entrar. Puede volver a abrirla cuando quiera."),
        consequences=[
            _("Sus sesiones abiertas se cierran ahora."),
            _("Lo que registró se queda, con su nombre."),
        ],
        action=_("Cerrar la cuenta"),
        is_grave=True,
        back_url=_url(found),
    )


@door(access.MANAGE)
@require_POST
def reactivate(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Open a closed account again."""
    found = access.member_to_manage(request.user, key)
    services.reactivate(actor=actor.of_request(request), user=found)
    return _back(request, found, _("La cuenta está abierta otra vez."))


@door(access.MANAGE)
def give_membership(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give a role, with its limits."""
    found = access.member(request.user, key)
    form = forms.MembershipForm(request.user, request.POST or None)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            memberships.give_membership(actor=act, user=found, **form.given)
        except Refused as problem:
            form.refuse(problem)
        else:
            return _back(request, found, _("Rol dado."))
    return _form_page(
        request,
        form,
        title=_("Dar un rol a %(name)s") % {"name": found},
        sentence=_("Si ya tiene ese rol con ese socio, se cambia su alcance."),
        action=_("Dar el rol"),
        back_url=_url(found),
    )


@door(access.MANAGE)
def end_membership(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """End a role."""
    row = access.membership_to_manage(request.user, key, number)
    form = forms.EndForm(request.POST or None)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            memberships.end_membership(actor=act, membership=row, on=form.cleaned_data["on"])
        except Refused as problem:
            form.refuse(problem)
        else:
            return _back(request, row.user, _("Rol terminado."))
    return _confirm_page(
        request,
        form,
        title=_("Quitar el rol «%(role)s»") % {"role": row.get_role_display()},
        sentence=_("%(name)s deja de poder lo que ese rol permite.") % {"name": row.user},
        action=_("Quitar el rol"),
        back_url=_url(row.user),
    )


@never_cache
@door(access.MANAGE)
def issue_card(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give a card, shown once to be printed."""
    found = access.member_to_manage(request.user, key)
    form = forms.ConfirmForm(request.POST or None)
    if form.is_valid():
        secrets = card_secrets.for_card()
        act = actor.of_request(request, intention=form.intended)
        card = cards.issue_card(actor=act, user=found, secrets=secrets)
        printing.require_fresh(card, secrets.pin)
        return printing.cards_page(request, [(found, secrets)], back_url=_url(found))
    return _confirm_page(
        request,
        form,
        title=_("Entregar una tarjeta a %(name)s") % {"name": found},
        sentence=_("La tarjeta se muestra una sola vez. Tenga lista la impresora."),
        consequences=[_("Si tenía otra tarjeta, deja de servir.")] if found.cards.exists() else [],
        action=_("Crear la tarjeta"),
        back_url=_url(found),
    )


@never_cache
@door(access.MANAGE)
def reset_pin(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Give a card another PIN, shown once."""
    card = access.card_to_manage(request.user, key, number)
    form = forms.ConfirmForm(request.POST or None)
    if form.is_valid():
        pin = card_secrets.new_pin()
        act = actor.of_request(request, intention=form.intended)
        printing.require_fresh(cards.reset_pin(actor=act, card=card, pin=pin), pin)
        context = {"member": card.user, "pin": pin}
        return render(request, "accounts/new_pin.html", context)
    return _confirm_page(
        request,
        form,
        title=_("PIN nuevo para %(name)s") % {"name": card.user},
        sentence=_("El PIN nuevo se muestra una sola vez. El anterior deja de servir."),
        consequences=[_("Las sesiones que tenga abiertas se cierran.")],
        action=_("Crear PIN nuevo"),
        back_url=_url(card.user),
    )


@door(access.MANAGE)
def revoke_card(request: HttpRequest, key: uuid.UUID, number: int) -> HttpResponse:
    """Make a lost card worthless."""
    card = access.card_to_manage(request.user, key, number)
    form = forms.ConfirmForm(request.POST or None)
    if form.is_valid():
        act = actor.of_request(request, intention=form.intended)
        cards.revoke_card(actor=act, card=card)
        return _back(request, card.user, _("La tarjeta quedó anulada."))
    return _confirm_page(
        request,
        form,
        title=_("Anular la tarjeta de %(name)s") % {"name": card.user},
        sentence=_("Quien la tenga ya no podrá entrar con ella."),
        consequences=[_("Las sesiones que tenga abiertas se cierran.")],
        action=_("Anular la tarjeta"),
        is_grave=True,
        back_url=_url(card.user),
    )


@never_cache
@door(access.MANAGE)
def password_link(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Give a link, good for one time, with which the person chooses a password."""
    found = access.member_to_manage(request.user, key)
    form = forms.ConfirmForm(request.POST or None)
    if form.is_valid():
        try:
            act = actor.of_request(request, intention=form.intended)
            passwords.give_password_link(actor=act, user=found)
        except Refused as problem:
            form.refuse(problem)
        else:
            url = links.choose_password(request, found)
            context = {"member": found, "url": url, "qr": printing.qr(url)}
            return render(request, "accounts/password_link.html", context)
    return _confirm_page(
        request,
        form,
        title=_("Enlace de contraseña para %(name)s") % {"name": found},
        sentence=_("Con el enlace, la persona elige su propia contraseña. Sirve una vez."),
        action=_("Crear el enlace"),
        back_url=_url(found),
    )


@door(access.MANAGE)
@require_POST
def end_sessions(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Close one session of an account, or all."""
    found = access.member_to_manage(request.user, key)
    number = request.POST.get("session", "")
    sessions.end_sessions(
        actor=actor.of_request(request),
        user=found,
        session=int(number) if number.isdecimal() else None,
    )
    return _back(request, found, _("Sesión cerrada.") if number else _("Sesiones cerradas."))


def _url(member: User) -> str:
    return reverse("accounts:member", args=[member.public_id])


def _back(request: HttpRequest, member: User, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect(_url(member))


def _form_page(request: HttpRequest, form: Form, **words: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "accounts/form.html", {"form": form, **words}, status=status)


def _confirm_page(request: HttpRequest, form: Form, **words: object) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "web/confirm.html", {"form": form, **words}, status=status)
