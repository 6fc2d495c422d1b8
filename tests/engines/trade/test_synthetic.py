"""The invented world: marked as such, the same for the same seed, of plausible sizes."""

from pathlib import Path

import pytest

from digna_engines.trade.importing import import_release
from digna_engines.trade.store import Store
from digna_engines.trade.synthetic import write_world
from digna_engines.trade.synthetic_facts import GOODS, LANDS, TARGETS


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    root = tmp_path_factory.mktemp("world")
    return Store.open(import_release(root / "trade", write_world(root / "world.zip")).folder)


def test_the_world_is_imported_like_a_release_and_stays_marked(store: Store) -> None:
    told = store.manifest
    assert (told.synthetic, told.source, told.hs) == (True, "synthetic", "17")
    assert len(store.countries) == len(LANDS) >= 40
    assert len(store.products) == len(GOODS) >= 60
    assert len(told.years) == 6
    assert 0.02 < 1 - told.quantities / told.rows < 0.05


def test_bolivia_sells_about_what_one_would_expect(store: Store) -> None:
    last = store.exports(store.manifest.years[-1])
    own = last.exporters.index("BOL")
    for code in ("100850", "090111", "080122", "120799", "510539", "180100"):
        sold = last.values[own, last.products.index(code)] / 1e6
        assert sold == pytest.approx(TARGETS[code], rel=0.5)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second, other = (
        write_world(tmp_path / name, seed=seed, years=[2024]).read_bytes()
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == second != other
