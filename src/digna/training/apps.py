"""App configuration."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "digna.training"
    verbose_name = "Formación"

    def ready(self) -> None:
        from digna.improvement import facts as improvement_facts
        from digna.journal.words import WORDS
        from digna.programmes.services import kits
        from digna.registry import stories
        from digna.surveys import lists
        from digna.training import arrivals, chapters, facts, live_lists, words
        from digna.training.services import catalogue

        WORDS.update(words.WORDS)
        kits.TAKERS.append(catalogue.take)
        stories.OF_ENTERPRISE.append(chapters.of_enterprise)
        stories.OF_PERSON.append(chapters.of_person)
        stories.LINKS_OF_ENTERPRISE.append(chapters.links_of_enterprise)
        arrivals.ready()
        lists.LISTS.append(live_lists.CYCLES)
        improvement_facts.PROGRAMMES_OF.append(facts.programmes_of_occasions)
