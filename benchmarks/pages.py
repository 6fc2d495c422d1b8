"""List and results pages at the large fixture: 20 clients, p50/p95, answers a second."""

import fixture
import serving
from load import load, resident_mb

PAGES = {
    "today": "/",
    "people, first page of 50": "/personas/",
    "people, page 100": "/personas/?pagina=100",
    "people, women of La Paz": "/personas/?sexo=female&departamento=BO-L",
    "people, search «mamni rosa»": "/personas/?q=mamni+rosa",
    "firms, first page of 50": "/empresas/",
    "activities": "/actividades/",
    "results of the programme": "/resultados/grande-100/",
    "public account": "/publico/grande-100",
}


def main() -> None:
    """Print a table."""
    home = fixture.ready()
    with serving.digna(home) as server:
        cookie = serving.sign_in(server.port, fixture.USER, fixture.PASSWORD)
        idle = resident_mb(server.pid)
        print(f"first answer after {server.seconds_to_answer:.1f} s; idle, all {idle:.0f} MB")
        print("| page | kB (gzip) | answers/s | p50 ms | p95 ms | p99 ms | failures |")
        print("|---|---|---|---|---|---|---|")
        for name, path in PAGES.items():
            load(server.port, path, clients=2, seconds=1, cookie=cookie)
            seen = load(server.port, path, cookie=cookie, seconds=5)
            print(
                f"| {name} | {seen.bytes_each / 1024:.1f} | {seen.per_second:.0f} | {seen.p50:.0f} "
                f"| {seen.p95:.0f} | {seen.p99:.0f} | {seen.failures} |",
                flush=True,
            )
        print(f"after the load, all processes {resident_mb(server.pid):.0f} MB")


if __name__ == "__main__":
    main()
