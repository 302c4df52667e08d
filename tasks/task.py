"""What a task is, and for whom it is looked up."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from organisation.models import Person
from publishing.models import content_models


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is, why and when, and one button.

    ``place`` is (URL name, arguments) of where the button leads; None when somebody else must do it.
    ``post_to`` is the same for a button that does it at once.
    """

    name: str
    why: str
    button: str = ""
    place: tuple | None = None
    post_to: tuple | None = None
    due: date | None = None
    is_urgent: bool = False

    @property
    def url(self):
        return address_of(self.place)

    @property
    def post_url(self):
        return address_of(self.post_to)

    @property
    def rank(self):
        """Urgent first, then by date; what has no date comes last."""
        return not self.is_urgent, self.due or date.max


def address_of(place):
    return reverse(place[0], args=place[1:]) if place else ""


def change_of(label, pk):
    """The place of the change form of a row of the model ``label`` ("pages.page")."""
    return (f"admin:{label.replace('.', '_')}_change", pk)


@dataclass
class Viewer:
    """Somebody looking at tasks: their own, or ``everyones`` where they may publish."""

    user: object
    everyones: bool = False

    def may(self, permission):
        return self.user.has_perm(permission)

    @cached_property
    def person(self):
        """The function that this account belongs to; None for a technician."""
        return Person.objects.filter(user=self.user).first()

    @cached_property
    def editable(self):
        """The kinds of page that this account may change."""
        return [model for model in content_models() if self._has(model, "change")]

    @cached_property
    def publishable(self):
        """The kinds of page that this account may publish: of those it may see everybody's tasks."""
        return [model for model in self.editable if self._has(model, "publish")]

    @property
    def may_choose(self):
        """Whether "Mina" and "Allas" differ."""
        return bool(self.publishable) or self.may("feedback.change_feedback")

    def _has(self, model, action):
        return self.user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")


@dataclass(frozen=True)
class Group:
    """A heading on "Mina uppgifter" and the functions that fill it."""

    slug: str
    title: str
    sources: tuple

    def tasks(self, viewer):
        found = [task for source in self.sources for task in source(viewer)]
        return sorted(found, key=lambda task: task.rank)


NUMBERS = _("en två tre fyra fem sex sju åtta nio tio elva tolv")


def in_words(number):
    """A number up to twelve as a word, as a sentence has it."""
    words = str(NUMBERS).split()
    return words[number - 1] if 0 < number <= len(words) else str(number)
