"""Learning records in a person's words, for the screens."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digna.accounts.models import User
from digna.registry.models import Person
from digna.xapi import access, texts
from digna.xapi.models import Statement
from digna.xapi.selectors import Asked
from digna_engines.statements import parties
from digna_engines.statements import showing as forms

ACCOUNT = "cuenta-"
"""What stands before the key of an account that is nobody of the register."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record as a line."""

    key: uuid.UUID
    who: str
    verb: str
    what: str
    points: str
    at: datetime


def rows_of(found: Sequence[Statement]) -> list[Row]:
    """Return records as lines; our own learners under their names."""
    said = [texts.read(row.body) for row in found]
    names = _names(said)
    return [_row(row, one, names) for row, one in zip(found, said, strict=True)]


def _row(row: Statement, said: Mapping[str, Any], names: Mapping[str, str]) -> Row:
    return Row(
        key=row.statement_id,
        who=_who(said["actor"], names),
        verb=_word(said["verb"].get("display") or {}) or said["verb"]["id"].rsplit("/", 1)[-1],
        what=_what(said["object"], names),
        points=_points(said.get("result") or {}),
        at=row.happened_at,
    )


def _names(said: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the names of our own learners, people of the register or accounts, by their key."""
    told = {_own_key(one["actor"]) for one in said}
    people = Person.objects.filter(public_id__in=_uuids(told))
    accounts = {key.removeprefix(ACCOUNT) for key in told if key.startswith(ACCOUNT)}
    users = User.objects.filter(public_id__in=_uuids(accounts))
    found = {str(person.public_id): str(person) for person in people}
    return found | {f"{ACCOUNT}{user.public_id}": str(user) for user in users}


def _uuids(told: set[str]) -> list[uuid.UUID]:
    return [key for key in map(texts.as_uuid, told) if key is not None]


def _own_key(party: Mapping[str, Any]) -> str:
    account = party.get("account") or {}
    is_ours = account.get("homePage") == settings.LEARNER_HOME
    return str(account.get("name", "")) if is_ours else ""


def _who(party: Mapping[str, Any], names: Mapping[str, str]) -> str:
    own = names.get(_own_key(party))
    if own:
        return own
    if party.get("name"):
        return str(party["name"])
    if "mbox" in party:
        return str(party["mbox"]).removeprefix("mailto:")
    if "account" in party:
        return str(party["account"]["name"])
    return parties.identity(party) or _("grupo sin nombre")


def _what(thing: Mapping[str, Any], names: Mapping[str, str]) -> str:
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        return _word((thing.get("definition") or {}).get("name") or {}) or str(thing["id"])
    if kind in ("Agent", "Group"):
        return _who(thing, names)
    return _("otro registro") if kind == "StatementRef" else _("un registro propuesto")


def _word(told: Mapping[str, str]) -> str:
    wanted = [get_language() or "es", "es", "en"]
    return next(iter(forms.one_language(told, wanted).values()), "")


def _points(result: Mapping[str, Any]) -> str:
    score = result.get("score") or {}
    if "raw" in score and "max" in score:
        return _("%(n)s de %(most)s") % {"n": score["raw"], "most": score["max"]}
    if "scaled" in score:
        return _("%(n)s de 100") % {"n": round(score["scaled"] * 100)}
    return ""


def asked_of(cleaned: Mapping[str, Any], before: str) -> Asked:
    """Return what a search asks for."""
    return Asked(
        agent=_agent(cleaned.get("quien") or ""),
        verb=texts.digest("verb", cleaned["verbo"]) if cleaned.get("verbo") else "",
        activity=texts.digest("activity", cleaned["actividad"]) if cleaned.get("actividad") else "",
        related_agents=True,
        related_activities=True,
        since=_start(cleaned.get("desde")),
        until=_end(cleaned.get("hasta")),
        limit=50,
        after=int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None,
    )


def _agent(told: str) -> str:
    told = told.strip()
    if not told:
        return ""
    if "@" in told:
        return access.agent_digest({"mbox": f"mailto:{told.removeprefix('mailto:')}"})
    return access.agent_digest(access.account(told))


def _start(day: Any) -> datetime | None:
    if day is None:
        return None
    return timezone.make_aware(datetime.combine(day, time.min)) - timedelta(microseconds=1)


def _end(day: Any) -> datetime | None:
    return None if day is None else timezone.make_aware(datetime.combine(day, time.max))
