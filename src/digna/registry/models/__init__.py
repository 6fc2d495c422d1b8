"""The register's tables, by noun. Django finds models through this module."""

from digna.registry.models.consents import Consent, ConsentText
from digna.registry.models.duplicates import DuplicatePair, Merge
from digna.registry.models.enterprises import Enterprise, EnterpriseFact
from digna.registry.models.imports import ImportBatch, ImportRow, SavedMapping
from digna.registry.models.notes import Note
from digna.registry.models.people import Affiliation, Organisation, Person
from digna.registry.models.reference import LegalForm, Place, Sector, SizeRule
from digna.registry.models.search import SearchToken, SearchUse

__all__ = [
    "Affiliation",
    "Consent",
    "ConsentText",
    "DuplicatePair",
    "Enterprise",
    "EnterpriseFact",
    "ImportBatch",
    "ImportRow",
    "LegalForm",
    "Merge",
    "Note",
    "Organisation",
    "Person",
    "Place",
    "SavedMapping",
    "SearchToken",
    "SearchUse",
    "Sector",
    "SizeRule",
]
