"""App configuration."""

from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "digna.studies"
    verbose_name = "Estudios"

    def ready(self) -> None:
        from digna.journal.words import WORDS
        from digna.programmes.services import kits
        from digna.studies import (
            assessment_words,
            evidence_labels,
            evidence_links,
            interview_binder,
            live_lists,
            taking,
            words,
        )
        from digna.surveys import binding, lists

        WORDS.update(words.WORDS)
        WORDS.update(assessment_words.WORDS)
        kits.TAKERS.append(taking.take)
        evidence_links.LOOKUPS.append(evidence_labels.look_up)
        lists.LISTS.append(live_lists.STUDIES)
        binding.BINDERS.append(interview_binder.BINDER)
