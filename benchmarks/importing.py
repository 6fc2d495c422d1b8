"""An import of 10,000 rows against 100,000 people: checked, run, with doubtful pairs."""

import os
import random
import sys
import time

import fixture

ROWS = 10_000


def main() -> None:
    """Make a roster, two rows in five somebody who is there already, and import it."""
    home = fixture.ready()
    os.environ |= {"DIGNA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "digna.config.settings.dev"}
    sys.path.insert(0, str(fixture.ROOT / "src"))
    import django

    django.setup()
    from django.conf import settings

    from digna.journal import actor
    from digna.registry import tasks
    from digna.registry.models import ImportRow
    from digna.registry.services import imports

    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    who = actor.system(reason="banco de pruebas")
    batch = imports.receive(actor=who, kind="people", file_name="lista.csv", content=roster())
    times = {}
    started = time.perf_counter()
    imports.set_columns(
        actor=who, batch=batch, sheet="", header_row=1,
        mapping={int(k): v for k, v in batch.mapping.items()},
    )  # fmt: skip
    imports.check(actor=who, batch=batch)
    times["check"] = time.perf_counter() - started
    started = time.perf_counter()
    imports.start(actor=who, batch=batch)
    tasks.run_import.call(batch.pk, None)
    times["run"] = time.perf_counter() - started
    counts: dict[str, int] = {}
    for outcome in ImportRow.objects.filter(batch=batch).values_list("outcome", flat=True):
        counts[outcome] = counts.get(outcome, 0) + 1
    batch.refresh_from_db()
    started = time.perf_counter()
    imports.undo(actor=who, batch=batch)
    times["undo"] = time.perf_counter() - started
    print(f"{ROWS} rows: " + ", ".join(f"{k} {v:.1f} s" for k, v in times.items()))
    print(f"check + run {times['check'] + times['run']:.1f} s; outcomes {counts}")


def roster() -> bytes:
    """Return a csv of 10,000 rows: 60 % new, 20 % present by telephone, 20 % misspelt."""
    from digna.registry.models import Person

    chance = random.Random(5)
    known = list(
        Person.objects.exclude(phone="").values_list("given_names", "surnames", "phone")[:40_000:10]
    )
    lines = ["Nombres;Apellidos;Sexo;Celular"]
    for number in range(ROWS):
        given, surnames, phone = chance.choice(known)
        dice = chance.random()
        if dice < 0.2:
            pass
        elif dice < 0.4:
            at = chance.randrange(len(surnames))
            surnames, phone = surnames[:at] + surnames[at + 1 :], ""
        else:
            given, _s, _p = chance.choice(known)
            _g, surnames, _p = chance.choice(known)
            phone = f"7{number:07d}"
        lines.append(f"{given};{surnames};{chance.choice('FM')};{phone}")
    return "\n".join(lines).encode()


if __name__ == "__main__":
    main()
