"""Guards against mistakes that no other test would notice."""

import sys

import pytest
from django.db import models
from django.test.utils import isolate_apps

from publishing.models import PublishedContent, content_models
from tests.architecture.project import local_apps


@pytest.mark.parametrize("label", local_apps())
def test_no_app_hides_a_standard_module(label):
    """The project root comes first on sys.path: an app named calendar breaks http.cookiejar."""
    assert label not in sys.stdlib_module_names


@pytest.mark.parametrize("label", local_apps())
def test_an_app_is_a_subject(label):
    assert label not in {"core", "common", "utils", "helpers", "misc"}


def missing_from_base(model):
    """What the base's Meta promises and ``model`` lost.

    The published slug may be made unique in a narrower way (a tree has it per parent), so for that
    one any unique constraint among published rows is enough.
    """
    names = {constraint.name for constraint in model._meta.constraints}
    place = {"app_label": model._meta.app_label, "class": model._meta.model_name}
    missing = [
        constraint.name % place
        for constraint in PublishedContent._meta.constraints
        if isinstance(constraint, models.CheckConstraint) and constraint.name % place not in names
    ]
    among_published = [
        constraint
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint) and constraint.condition is not None
    ]
    return missing if among_published else [*missing, "unique among published rows"]


def test_there_is_content():
    assert content_models()


@pytest.mark.parametrize("model", content_models(), ids=lambda model: model._meta.label)
def test_content_keeps_the_constraints_of_the_base(model):
    assert missing_from_base(model) == []


@isolate_apps("pages")
def test_a_meta_that_does_not_inherit_is_found():
    class Forgetful(PublishedContent):
        class Meta:
            app_label = "pages"

    assert len(missing_from_base(Forgetful)) == 3


@isolate_apps("pages")
def test_a_meta_that_inherits_passes():
    class Careful(PublishedContent):
        class Meta(PublishedContent.Meta):
            app_label = "pages"

    assert missing_from_base(Careful) == []
