"""Requests of the interface, as a program with a key makes them."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.test import Client

import make
from digna.xapi.services import keys

ANA = {"objectType": "Agent", "mbox": "mailto:ana@digna.example"}


def said(**more: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "actor": dict(ANA),
        "verb": {"id": "http://v.example/hizo", "display": {"es": "hizo"}},
        "object": {"objectType": "Activity", "id": "http://a.example/1"},
    }
    return {**told, **more}


@dataclass
class Program:
    """A program with a key."""

    name: str
    password: str

    @property
    def authorization(self) -> str:
        told = f"{self.name}:{self.password}".encode()
        return "Basic " + base64.b64encode(told).decode()

    def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """Ask; `query` are parameters, `headers` more headers."""
        headers = {
            "Authorization": self.authorization,
            "X-Experience-API-Version": "1.0.3",
            **more.get("headers", {}),
        }
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return Client(raise_request_exception=True).generic(
            method,
            f"/xapi/{path}",
            b"" if body is None else data,
            content_type=more.get("content_type", "application/json"),
            query_params=more.get("query", {}),
            headers=headers,
        )

    def store(self, *statements: dict[str, Any]) -> list[str]:
        answer = self.ask("POST", "statements", list(statements))
        assert answer.status_code == 200, answer.content
        return list(answer.json())

    def found(self, **query: Any) -> list[str]:
        answer = self.ask("GET", "statements", query=query)
        assert answer.status_code == 200, answer.content
        return [one["id"] for one in answer.json()["statements"]]


def program(scope: str = "all", label: str = "Moodle") -> Program:
    secret = keys.new_secret("clave")
    keys.make(actor=make.actor(), label=label, scope=scope, secret=secret)
    return Program(secret.name, secret.password)
