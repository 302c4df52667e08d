"""When someone leaves: everything that points at them points at somebody else, in one transaction."""

import hashlib
from dataclasses import dataclass
from functools import cached_property

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.admin import people_who_may_handle
from feedback.case import record_changes
from feedback.models import Feedback
from organisation.models import Person
from publishing.models import PublishedContent, content_models
from tasks.page_sources import newest_drafts


class ChangedMeanwhile(Exception):
    """Something else moves now than what was shown."""


@dataclass(frozen=True)
class Move:
    """One row of anything that points at the one who leaves, and where it points afterwards."""

    row: object
    #: {name of the column: the Person it points at afterwards, or None}
    columns: dict
    is_draft: bool = False

    @property
    def heading(self):
        kind = str(self.row._meta.verbose_name_plural).capitalize()
        return _("Utkast") if self.is_draft else kind

    @property
    def title(self):
        return self.row.title if self.is_draft else str(self.row)

    @property
    def sentences(self):
        names = _column_names(self._model)
        return [f"{names[name]}: {person or '–'}" for name, person in self.columns.items()]

    @property
    def _model(self):
        return self.row.content_type.model_class() if self.is_draft else type(self.row)


def _column_names(model):
    return {field.name: str(field.verbose_name).capitalize() for field in _person_columns(model)}


def _person_columns(model):
    return [field for field in model._meta.concrete_fields if field.related_model is Person]


@dataclass(frozen=True)
class Handover:
    """``responsible`` takes over what ``leaver`` answers for; ``deputy`` stands in where leaver did."""

    leaver: Person
    responsible: Person
    deputy: Person | None

    # --- What moves ------------------------------------------------------------------------------

    @cached_property
    def moves(self):
        """Every page, draft and other row that names the leaver."""
        return [*self._rows(), *self._drafts()]

    @cached_property
    def open_cases(self):
        """Open synpunkter that went to the leaver or are handled by them. Only ever counted on a screen."""
        mine = Q(responsible=self.leaver)
        if self.leaver.user_id:
            mine |= Q(assigned_to=self.leaver.user_id)
        return Feedback.objects.open().filter(mine)

    @property
    def new_handler(self):
        """Who takes over the cases; None when the new responsible may not read synpunkter."""
        return people_who_may_handle().filter(pk=self.responsible.user_id).first()

    @property
    def fingerprint(self):
        """The same as long as the same rows move to the same people."""
        parts = [
            (move._model._meta.label, move.is_draft, move.row.pk, sorted(move.sentences))
            for move in self.moves
        ]
        parts += sorted(self.open_cases.values_list("pk", flat=True))
        return hashlib.sha256(repr(parts).encode()).hexdigest()

    def _rows(self):
        for model in _models_that_name_people():
            columns = _person_columns(model)
            named = Q()
            for field in columns:
                named |= Q(**{field.name: self.leaver.pk})
            for row in model._base_manager.filter(named).order_by("pk"):
                before = {field.name: getattr(row, field.attname) for field in columns}
                yield Move(row, self._changes(before))

    def _drafts(self):
        kinds = [ContentType.objects.get_for_model(model).pk for model in content_models()]
        for revision in newest_drafts(kinds).select_related("content_type").defer(None):
            fields = revision.content["fields"]
            columns = _person_columns(revision.content_type.model_class())
            before = {field.name: fields.get(field.name) for field in columns}
            if self.leaver.pk in before.values():
                yield Move(revision, self._changes(before), is_draft=True)

    def _changes(self, before):
        """``before`` is {column: key of a Person}: what changes, so that nobody is their own deputy."""
        after = {
            name: self.responsible.pk if key == self.leaver.pk and name != "deputy" else key
            for name, key in before.items()
        }
        if after.get("deputy") in {self.leaver.pk, after["responsible"]} - {None}:
            after["deputy"] = self.deputy and self.deputy.pk
            if self.deputy and after["deputy"] == after["responsible"]:
                after["deputy"] = self.responsible.pk
        people = {person.pk: person for person in (self.responsible, self.deputy) if person}
        return {name: people.get(key) for name, key in after.items() if key != before[name]}

    # --- Doing it --------------------------------------------------------------------------------

    @transaction.atomic
    def carry_out(self, user, fingerprint):
        """Move everything, close the account, write the log. Raises ChangedMeanwhile and does nothing."""
        Person.objects.select_for_update().get(pk=self.leaver.pk)
        if self.fingerprint != fingerprint:
            raise ChangedMeanwhile
        for move in self.moves:
            if move.is_draft:
                _write_draft(move)
            else:
                _write_row(move, user)
        self._move_cases(user)
        self.leaver.is_active = False
        self.leaver.save(update_fields=["is_active"])
        sentence = _("Överlämnad till %(person)s") % {"person": self.responsible}
        LogEntry.objects.log_actions(user.pk, [self.leaver], CHANGE, sentence)
        if may_close_account(user, self.leaver):
            account = self.leaver.user
            account.is_active = False
            account.save(update_fields=["is_active"])
            LogEntry.objects.log_actions(user.pk, [account], CHANGE, _("Kontot är avstängt"))

    def _move_cases(self, user):
        handler = self.new_handler
        for case in self.open_cases:
            if case.responsible_id == self.leaver.pk:
                case.responsible = self.responsible
            if self.leaver.user_id and case.assigned_to_id == self.leaver.user_id:
                case.assigned_to = handler
                record_changes(
                    case, user, [_("Handläggare: %(who)s") % {"who": handler or _("ingen")}]
                )
            case.save(update_fields=["responsible", "assigned_to"])


def _models_that_name_people():
    """Every model with a column for a Person, whatever room it lies in; cases are moved by themselves."""
    relations = Person._meta.get_fields(include_hidden=True)
    models = {
        relation.related_model
        for relation in relations
        if relation.auto_created and relation.one_to_many
    }
    return sorted(models - {Feedback}, key=lambda model: model._meta.label)


def _write_row(move, user):
    row = move.row
    values = dict(move.columns)
    if isinstance(row, PublishedContent) and set(values) & set(row.content_fields):
        values["content_changed_on"] = timezone.localdate()
    # Not save(): a page's address and "sparad" have nothing to do with it.
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    sentence = _("Överlämning. %(what)s") % {"what": ". ".join(move.sentences)}
    LogEntry.objects.log_actions(user.pk, [row], CHANGE, sentence)


def _write_draft(move):
    for name, person in move.columns.items():
        move.row.content["fields"][name] = person and person.pk
    move.row.save(update_fields=["content"])


def may_close_account(user, leaver):
    """Not one's own, and not a technician's unless one is one too."""
    account = leaver.user
    if account is None or not account.is_active or account == user:
        return False
    return user.has_perm("auth.change_user") and (user.is_superuser or not account.is_superuser)
