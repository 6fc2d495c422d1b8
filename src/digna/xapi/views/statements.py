"""`/xapi/statements`: put, post, get."""

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from digna.xapi import access, multipart, problems, selectors, texts
from digna.xapi import signing as signatures
from digna.xapi.answering import moment_header, quiet, resource, told
from digna.xapi.asking import Ask
from digna.xapi.models import Statement
from digna.xapi.selectors import Asked
from digna.xapi.services import statements as services
from digna.xapi.services.statements import Attached
from digna_engines.statements import checking, parties, reading, showing, values

FILTERS = (
    "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since",
    "until", "limit", "format", "attachments", "ascending",
)  # fmt: skip
FORMATS = ("ids", "exact", "canonical")


# --- storing


def put(ask: Ask) -> HttpResponse:
    """Keep one statement under the id that the program chose."""
    ask.only("statementId")
    key = ask.checked("statementId", values.uuid)
    said, files = _received(ask)
    if len(said) != 1 or isinstance(said, tuple):
        raise problems.body(_("PUT lleva un solo registro."))
    if str(said[0].get("id", key)).lower() != key.lower():
        raise problems.parameter("statementId")
    _store(ask, [{**said[0], "id": key}], files)
    return quiet()


def post(ask: Ask) -> HttpResponse:
    """Keep one statement or several."""
    ask.only()
    said, files = _received(ask)
    return told(200, _store(ask, said, files))


def _store(ask: Ask, said: Sequence[Mapping[str, Any]], files: dict[str, Attached]) -> list[str]:
    if ask.caller.agent:
        _hold_to_pass(ask, said)
    return services.store(
        actor=ask.actor, statements=said, authority=ask.caller.authority, files=files
    )


def _hold_to_pass(ask: Ask, said: Sequence[Mapping[str, Any]]) -> None:
    for one in said:
        registration = (one.get("context") or {}).get("registration", "")
        is_own = access.agent_digest(one["actor"]) == ask.caller.agent
        if not is_own or registration.lower() != str(ask.caller.registration):
            raise problems.beyond()


def _received(ask: Ask) -> tuple[list[dict[str, Any]], dict[str, Attached]] | Any:
    """Return the statements of a request, whose form holds, and the files that came along."""
    kind, parameters = multipart.parsed_type(ask.content_type)
    parts: list[multipart.Part] = []
    if kind == "multipart/mixed":
        parts = _parts(ask, parameters.get("boundary", ""))
        value = _read(parts[0].body)
    elif kind == "application/json":
        value = _read(ask.body)
    else:
        raise problems.header("Content-Type")
    if ask.method == "PUT" and isinstance(value, list):
        raise problems.body(_("PUT lleva un solo registro."))
    said = value if isinstance(value, list) else [value]
    faults = [
        fault
        for place, one in enumerate(said)
        for fault in checking.faults(one, f"$[{place}]" if isinstance(value, list) else "$")
    ]
    if faults:
        raise problems.Faulty(faults)
    return said, _files(said, parts[1:])


def _read(body: bytes) -> Any:
    try:
        return texts.read(body)
    except texts.Unreadable as problem:
        raise problems.body(_("No es JSON.")) from problem


def _parts(ask: Ask, boundary: str) -> list[multipart.Part]:
    try:
        parts = multipart.split(ask.body, boundary)
    except multipart.Broken as problem:
        raise problems.body(_("No es multipart/mixed.")) from problem
    first = multipart.parsed_type(parts[0].headers.get("content-type", ""))[0]
    if first != "application/json":
        raise problems.body(_("La primera parte tiene que ser application/json."))
    return parts


def _files(
    said: Sequence[Mapping[str, Any]], parts: Sequence[multipart.Part]
) -> dict[str, Attached]:
    files = {}
    for part in parts:
        sha2 = part.headers.get("x-experience-api-hash", "")
        if part.headers.get("content-transfer-encoding", "").lower() != "binary" or not sha2:
            raise problems.body(
                _("Cada adjunto lleva su hash y Content-Transfer-Encoding: binary.")
            )
        if sha2.lower() not in _hashes(part.body):
            raise problems.body(_("El hash de un adjunto no es el de su contenido."))
        kind = part.headers.get("content-type", "application/octet-stream")
        files[sha2] = Attached(kind[:200], part.body)
    _match(said, files)
    return files


def _hashes(content: bytes) -> set[str]:
    kinds = (hashlib.sha256, hashlib.sha224, hashlib.sha384, hashlib.sha512)
    return {kind(content).hexdigest() for kind in kinds}


def _match(said: Sequence[Mapping[str, Any]], files: Mapping[str, Attached]) -> None:
    """Every file is declared by a statement, every declared one is here or elsewhere."""
    declared = [(one, a) for one in said for a in reading.attachments(one)]
    if set(files) - {a["sha2"] for _one, a in declared}:
        raise problems.body(_("Vino un adjunto que ningún registro declara."))
    for one, attachment in declared:
        file = files.get(attachment["sha2"])
        if file is None and "fileUrl" not in attachment:
            raise problems.body(_("Falta un adjunto que un registro declara."))
        if attachment["usageType"] == signatures.USAGE:
            _hold_signature(one, attachment, file)


def _hold_signature(
    one: Mapping[str, Any], attachment: Mapping[str, Any], file: Attached | None
) -> None:
    kind = multipart.parsed_type(attachment["contentType"])[0]
    try:
        if file is None or kind != signatures.CONTENT_TYPE:
            raise signatures.Malformed("contentType")
        signatures.check(file.content, one)
    except signatures.Malformed as problem:
        raise problems.Wrong(
            "xapi.statement.signature",
            _("La firma del registro no vale (%(why)s).") % {"why": problem},
        ) from problem


# --- reading


def get(ask: Ask) -> HttpResponse:
    """One statement by its id, or those that suit a filter."""
    if "more" in ask.parameters:
        return _more(ask)
    single = [name for name in ("statementId", "voidedStatementId") if name in ask.parameters]
    if not single:
        ask.only(*FILTERS)
        return _several(ask, _asked(ask), ask.parameters.get("format", "exact"), _attached(ask))
    if len(single) > 1:
        raise problems.parameter(single[1])
    ask.only(single[0], "format", "attachments")
    return _one(ask, single[0])


def _attached(ask: Ask) -> bool:
    return ask.flag("attachments")


def _one(ask: Ask, name: str) -> HttpResponse:
    key = uuid.UUID(ask.checked(name, values.uuid))
    rows = Statement.objects.filter(selectors.reach(_reach(ask)), statement_id=key)
    row = rows.filter(is_voided=name == "voidedStatementId").first()
    if row is None:
        raise problems.not_there()
    said = _shown(ask, [texts.read(row.body)], _format(ask))
    response = _answer(said[0], said, _attached(ask))
    response["Last-Modified"] = moment_header(row.stored_at)
    return response


def _format(ask: Ask) -> str:
    told_as = ask.parameters.get("format", "exact")
    if told_as not in FORMATS:
        raise problems.parameter("format")
    return told_as


def _reach(ask: Ask) -> Asked:
    caller = ask.caller
    return Asked(only_by=caller.only_by, only_of=caller.agent, only_in=caller.registration)


def _asked(ask: Ask) -> Asked:
    _format(ask)
    given = ask.parameters
    wanted: dict[str, Any] = asdict(_reach(ask))
    if "agent" in given:
        wanted["agent"] = access.agent_digest(ask.party("agent", parties.actor))
    for name in ("verb", "activity"):
        if name in given:
            wanted[name] = texts.digest(name, ask.checked(name, values.iri))
    if "registration" in given:
        wanted["registration"] = uuid.UUID(ask.checked("registration", values.uuid))
    for name in ("since", "until"):
        if name in given:
            wanted[name] = values.read_moment(ask.checked(name, values.moment))
    wanted["limit"] = _limit(given.get("limit", "0"))
    wanted["related_agents"] = ask.flag("related_agents")
    wanted["related_activities"] = ask.flag("related_activities")
    wanted["is_ascending"] = ask.flag("ascending")
    return Asked(**wanted)


def _limit(told_as: str) -> int:
    if not told_as.isascii() or not told_as.isdigit() or len(told_as) > 9:
        raise problems.parameter("limit")
    return int(told_as)


def _several(ask: Ask, asked: Asked, form: str, attached: bool) -> HttpResponse:
    page = selectors.page(asked)
    said = _shown(ask, [texts.read(row.body) for row in page.rows], form)
    more = "" if page.more is None else _address_of(page.more, form, attached)
    response = _answer({"statements": said, "more": more}, said, attached)
    if page.rows:
        response["Last-Modified"] = moment_header(max(row.stored_at for row in page.rows))
    return response


def _address_of(asked: Asked, form: str, attached: bool) -> str:
    kept = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(asked).items()
        if value not in (None, "", False, 0) and not name.startswith("only_")
    }
    if asked.registration is not None:
        kept["registration"] = str(asked.registration)
    token = signing.dumps([kept, form, attached], salt="digna.xapi.more", compress=True)
    return f"{reverse('xapi:statements')}?more={token}"


def _more(ask: Ask) -> HttpResponse:
    ask.only("more")
    try:
        kept, form, attached = signing.loads(ask.text("more"), salt="digna.xapi.more")
    except signing.BadSignature as problem:
        raise problems.parameter("more") from problem
    for name in ("since", "until"):
        if name in kept:
            kept[name] = datetime.fromisoformat(kept[name])
    if "registration" in kept:
        kept["registration"] = uuid.UUID(kept["registration"])
    reach = {k: v for k, v in asdict(_reach(ask)).items() if k.startswith("only_")}
    return _several(ask, Asked(**kept, **reach), form, attached)


def _shown(ask: Ask, said: list[dict[str, Any]], form: str) -> list[dict[str, Any]]:
    if form == "ids":
        return [showing.ids(one) for one in said]
    if form == "canonical":
        wanted = languages(ask)
        known = selectors.definitions({a["id"] for one in said for a in reading.described(one)})
        return [showing.in_language(showing.described(one, known), wanted) for one in said]
    return said


def languages(ask: Ask) -> list[str]:
    """Return the languages a program asks for, the most welcome first."""
    ranked = []
    for place, told_as in enumerate(ask.headers.get("accept-language", "").split(",")):
        tag, _mark, weight = told_as.partition(";q=")
        try:
            ranked.append((-float(weight or 1), place, tag.strip()))
        except ValueError:
            continue
    return [tag for _weight, _place, tag in sorted(ranked) if tag]


def _answer(value: Any, said: list[dict[str, Any]], attached: bool) -> HttpResponse:
    if not attached:
        return told(200, value)
    boundary = get_random_string(32)
    parts = [multipart.Part({"Content-Type": "application/json"}, texts.written(value).encode())]
    for row in selectors.files_of(said):
        head = {
            "Content-Type": row.content_type,
            "Content-Transfer-Encoding": "binary",
            "X-Experience-API-Hash": row.sha2,
        }
        with row.file.open("rb") as file:
            parts.append(multipart.Part(head, file.read()))
    kind = f"multipart/mixed; boundary={boundary}"
    return HttpResponse(multipart.joined(parts, boundary), content_type=kind)


statements = resource({"GET": get, "PUT": put, "POST": post})
