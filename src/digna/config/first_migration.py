"""An empty database migrated in a third of the time; see docs/adr/0011-first-migration.md."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


@contextmanager
def rendered_once() -> Iterator[None]:
    """Within it, a new model is drawn alone: not all that it is related to is drawn again with it.

    Django draws every related model anew for each table it makes, which grows with the square of
    their number. For tables that are made, none of which existed before, drawing the new one is
    enough: the relation is added to the classes that are there.
    """
    usual = ProjectState.add_model

    def add_model(self: Any, model_state: Any) -> None:
        key = model_state.app_label, model_state.name_lower
        self.models[key] = model_state
        if self._relations is not None:
            self.resolve_model_relations(key)
        if "apps" in self.__dict__:
            self.apps.render_multiple([model_state])

    ProjectState.add_model = add_model  # type: ignore[method-assign]
    try:
        yield
    finally:
        ProjectState.add_model = usual  # type: ignore[method-assign]
