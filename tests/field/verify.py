"""What the database holds after chaos, counted against what telephones say they did.

Reads JSON from standard input, prints JSON: counts, and every fault in words.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any


def main() -> None:
    """Verify and print."""
    import django

    django.setup()
    print(json.dumps(_verified(json.load(sys.stdin))))


def _verified(told: dict[str, Any]) -> dict[str, Any]:
    from digna.journal import selectors

    faults: list[str] = [fault.message for fault in selectors.verify()]
    counts = Counter(_intentions(told["items"], faults))
    _effects(told["items"], faults)
    counts["submissions"] = _submissions(told["filled"], faults)
    counts["photographs compared"] = _photographs(told["items"], faults)
    counts["kept files compared"] = _kept_files(faults)
    return {"faults": faults, "counts": counts, "lines": selectors.version()}


def _intentions(items: list[dict[str, Any]], faults: list[str]) -> list[str]:
    """Each is in the journal once, or kept as an open question, or was refused with a sentence."""
    from digna.field.models import Arrival
    from digna.journal.models import Line

    lines = Counter(
        str(k) for k in Line.objects.exclude(intention=None).values_list("intention", flat=True)
    )
    kept = {
        str(k)
        for k in Arrival.objects.filter(state__in=Arrival.OPEN).values_list("intention", flat=True)
    }
    found = []
    for item in items:
        key, state = item["id"], item["state"]
        there = (lines[key], key in kept)
        right = {
            "done": there == (1, False),
            "question": there == (0, True),
            "refused": there == (0, False) and bool(item["message"]),
            "waiting": there == (0, False) and item["hangs"],
        }
        if not right.get(state):
            faults.append(
                f"{key} {item['action']}: {state} on the telephone, {there} on the server"
            )
        if state not in item["expected"]:
            faults.append(
                f"{key} {item['action']}: {state} {item['message']}, not {item['expected']}"
            )
        found.append(state)
    return found


def _effects(items: list[dict[str, Any]], faults: list[str]) -> None:
    """Each that was done made one row and no more."""
    from digna.registry.models import Enterprise, Note, Person

    firms = Counter(Enterprise.objects.values_list("name", flat=True))
    people = Counter(Person.objects.values_list("given_names", flat=True))
    notes = Counter(Note.objects.values_list("text", flat=True))
    for item in items:
        values, wanted = item["values"], 1 if item["state"] == "done" else 0
        made = {
            "registry.enterprise.registered": lambda v: firms[v["name"][0]],
            "registry.person.registered": lambda v: people[v["given_names"][0]],
            "registry.note.written": lambda v: notes[v["text"][0]],
        }.get(item["action"])
        if made is not None and made(values) != wanted:
            faults.append(f"{item['id']} {item['action']}: {made(values)} rows, not {wanted}")


def _submissions(filled: list[dict[str, str]], faults: list[str]) -> int:
    from digna.surveys.models import Attachment, Submission

    rows = Counter(Submission.objects.values_list("instance_id", flat=True))
    files: dict[str, list[str]] = {}
    for attachment in Attachment.objects.select_related("submission"):
        with attachment.file.open("rb") as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        files.setdefault(attachment.submission.instance_id, []).append(digest)
    for one in filled:
        if rows[one["id"]] != 1:
            faults.append(f"{one['id']}: {rows[one['id']]} submissions")
        if files.get(one["id"]) != [one["sha256"]]:
            faults.append(f"{one['id']}: its photograph is not the one that was sent")
    return sum(rows[one["id"]] for one in filled)


def _photographs(items: list[dict[str, Any]], faults: list[str]) -> int:
    """A note keeps its photograph made small: the same bytes in give the same bytes out."""
    from digna.registry.models import Note
    from digna.web import photos

    wanted = {
        item["values"]["text"][0]: Path(item["files"]["photo"]).read_bytes()
        for item in items
        if item["state"] == "done" and "photo" in item["files"]
    }
    small: dict[bytes, bytes] = {}
    compared = 0
    for note in Note.objects.filter(text__in=wanted):
        compared += 1
        if not note.photo:
            faults.append(f"{note.text}: its photograph did not come in")
            continue
        raw = wanted[note.text]
        small[raw] = small.get(raw) or photos.compressed(raw).read()
        with note.photo.open("rb") as file:
            if file.read() != small[raw]:
                faults.append(f"{note.text}: its photograph is not the one that was sent")
    if compared != len(wanted):
        faults.append(f"{len(wanted) - compared} photographs are missing")
    return compared


def _kept_files(faults: list[str]) -> int:
    from digna.field.models import ArrivalFile

    rows = ArrivalFile.objects.all()
    faults += [
        f"{row}: the kept file is damaged"
        for row in rows
        if hashlib.sha256(row.path.read_bytes()).hexdigest() != row.sha256
    ]
    return len(rows)


if __name__ == "__main__":
    main()
