"""App configuration."""

from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "digna.certificates"
    verbose_name = "Certificados"

    def ready(self) -> None:
        from digna.certificates import selectors, words
        from digna.certificates.services import certificates
        from digna.journal.words import WORDS
        from digna.registry import stories
        from digna.registry.services import erasure

        WORDS.update(words.WORDS)
        erasure.FORGETTERS.append(certificates.forget)
        stories.LINKS_OF_PERSON.append(selectors.links_of_person)
        stories.LINKS_OF_ENTERPRISE.append(selectors.links_of_enterprise)
        stories.OF_PERSON.append(selectors.of_person)
        stories.OF_ENTERPRISE.append(selectors.of_enterprise)
