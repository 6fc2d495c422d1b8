"""The large installation that the benchmarks ask: made once, kept in .build/bench.

20,000 firms · 100,000 people · 1,000,000 attendances
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("DIGNA_BENCH_HOME", ROOT / ".build" / "bench"))
USER, PASSWORD = "banco@demo.example", "banco-de-pruebas-2021"
MAKE_USER = f"""
from digna.accounts.models import Membership, User
user = User(name="Banco", email="{USER}")
user.set_password("{PASSWORD}")
user.save()
Membership.objects.create(user=user, role="lead")
"""


def digna(*arguments: str, stdin: str = "") -> str:
    """Run one `digna` command on the large installation."""
    environment = os.environ | {"DIGNA_HOME": str(HOME), "DIGNA_DEBUG": ""}
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], env=environment, cwd=ROOT,
        input=stdin, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def ready() -> Path:
    """Return the folder of the large installation, made if it is not there."""
    if not (HOME / "ready").exists():
        digna("prepare", "--no-demo")
        print(digna("demo", "--scale", "100"), flush=True)
        digna("shell", "-v0", stdin=MAKE_USER)
        (HOME / "ready").touch()
    return HOME


if __name__ == "__main__":
    print(ready())
