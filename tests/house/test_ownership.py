"""Every model says to which partner its rows belong: nothing leaves, or stays, by oversight."""

from django.apps import apps

from digna.partners import choosing, packing
from digna.registry.ownership import OWNED_BY, Goes


def test_every_model_declares_whose_its_rows_are() -> None:
    assert choosing.undeclared() == []


def test_what_a_declaration_names_is_there() -> None:
    """Links, columns and lookups of a declaration exist in its model."""
    known = {model._meta.label_lower for model in apps.get_models()}
    for label, declared in OWNED_BY.items():
        if label not in known:
            continue
        model = apps.get_model(label)
        columns = {f.attname for f in model._meta.concrete_fields}
        links = {f.name for f in choosing.links_of(model)}
        assert set(declared.by) | set(declared.needs) <= links, label
        assert set(declared.blanks) | set(declared.identity) <= columns, label
        assert set(declared.hush) <= columns, label
        if declared.where is not None:
            str(model._base_manager.filter(declared.where(1, "x")).query)
        if declared.goes is Goes.NEVER:
            assert declared.why, label


def test_the_models_come_in_an_order_in_which_they_can_be_chosen() -> None:
    order = [choosing.label_of(model) for model in choosing.in_order()]
    assert order.index("registry.person") < order.index("events.attendance")
    assert order.index("events.process") < order.index("events.session")


def test_what_goes_whole_leans_only_on_what_goes_whole() -> None:
    known = {model._meta.label_lower: model for model in apps.get_models()}
    for label, declared in OWNED_BY.items():
        if label not in known or declared.goes is not Goes.WHOLE:
            continue
        for link in choosing.links_of(known[label]):
            target = OWNED_BY[choosing.label_of(link.related_model)]
            assert link.null or target.goes is Goes.WHOLE, (label, link.name)


def test_nothing_that_is_secret_can_be_packed() -> None:
    going = {choosing.label_of(model) for model in packing.goers()}
    secret = {"accounts.card", "mfa.authenticator", "journal.line", "partners.workingcopy"}
    assert not going & secret
