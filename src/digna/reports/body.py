"""What the maker of a report gives: its parts and definitions, before a person's own words."""

from dataclasses import dataclass

from digna.reports.paper import Definition, Section


@dataclass(frozen=True, slots=True)
class Body:
    """A report's parts in the language in use."""

    title: str
    subtitle: str
    programme: str
    period: str
    is_synthetic: bool
    as_of: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...]
    sources: tuple[str, ...]
    is_public: bool = False
