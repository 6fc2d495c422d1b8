"""What the store is, what is known of an activity, who an agent is."""

from django.http import HttpResponse

from digna.xapi import selectors
from digna.xapi.answering import VERSION, resource, told
from digna.xapi.asking import Ask
from digna_engines.statements import parties, values


def _about(ask: Ask) -> HttpResponse:
    ask.only()
    return told(200, {"version": ["1.0.0", "1.0.1", "1.0.2", VERSION]})


def _activity(ask: Ask) -> HttpResponse:
    ask.only("activityId")
    return told(200, selectors.activity(ask.checked("activityId", values.iri)))


def _agent(ask: Ask) -> HttpResponse:
    """A person is told by the one agent that was asked for: Digna joins no identities here."""
    ask.only("agent")
    agent = ask.party("agent")
    person: dict[str, object] = {"objectType": "Person"}
    for name in ("name", *parties.IDENTIFIERS):
        if name in agent:
            person[name] = [agent[name]]
    return told(200, person)


about = resource({"GET": _about}, is_open=True)
activities = resource({"GET": _activity})
agents = resource({"GET": _agent})
