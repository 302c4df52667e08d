"""Tasks about everything that is not a page: cases, facts, pictures, mail and settings."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from post_office.models import STATUS, Email

from documents.models import Document
from feedback.models import Feedback
from links.models import Link
from organisation.models import EXAMPLE, ContactPoint, Helpline, Person
from pictures.models import Picture
from publishing.models import FailedCheck, content_models
from tasks.task import Task, change_of

#: A synpunkt that has waited so long is urgent. Our own measure: residents are promised no number of days.
ANSWER_DAYS = 7
#: How long before its consent ends a picture in use becomes a task.
CONSENT_DAYS = 30
#: Mail that has waited longer than this does not go out by itself.
MAIL_HOURS = 1


def cases(viewer):
    """Open synpunkter: one's own and those that nobody has taken; all of them on demand."""
    if not (viewer.may("feedback.view_feedback") and viewer.may("feedback.change_feedback")):
        return []
    rows = Feedback.objects.open()
    if not viewer.everyones:
        rows = rows.filter(Q(assigned_to=viewer.user) | Q(assigned_to=None))
    today = timezone.localdate()
    return [
        _case(today, *row)
        for row in rows.values_list("pk", "page_title", "email", "created_at", "suspicion")
    ]


def _case(today, pk, page_title, email, created_at, suspicion):
    came = timezone.localdate(created_at)
    waited = (today - came).days
    why = _("Kom in %(date)s.") % {"date": date_format(came)}
    if waited >= ANSWER_DAYS:
        why += " " + _("Har väntat i %(days)d dagar.") % {"days": waited}
    if suspicion:
        why += " " + _("Kan vara skräp.")
    return Task(
        name=_("Tyck till om ”%(page)s”") % {"page": page_title},
        why=why,
        button=_("Svara") if email else _("Ta hand om"),
        place=change_of("feedback.feedback", pk),
        due=came + timedelta(days=ANSWER_DAYS),
        is_urgent=waited >= ANSWER_DAYS and not suspicion,
    )


def helplines(viewer):
    """Numbers whose details are hidden from residents until somebody has verified them."""
    if not viewer.may("organisation.change_helpline"):
        return []
    hidden = _("Öppettiden visas inte på webbplatsen förrän du har kontrollerat den.")
    never = _("Ingen har kontrollerat numret.")
    return [
        Task(
            name=str(line),
            why=(
                _("Kontrollerades senast %(date)s.") % {"date": date_format(line.verified_on)}
                if line.verified_on
                else never
            )
            + (f" {hidden}" if line.hours else ""),
            button=_("Kontrollera"),
            place=change_of("organisation.helpline", line.pk),
            due=line.review_by,
            is_urgent=True,
        )
        for line in Helpline.objects.overdue()
    ]


def contact_points(viewer):
    """Ways in that residents see marked "kontrolleras", or whose address is only an example."""
    if not viewer.may("organisation.change_contactpoint"):
        return []
    points = ContactPoint.objects.filter(Q(verified_on=None) | Q(email__endswith=EXAMPLE))
    return [
        Task(
            name=_("Kontaktvägen ”%(point)s”") % {"point": point},
            why=(
                _("E-postadressen är bara ett exempel och visas inte för invånarna.")
                if point.email.endswith(EXAMPLE)
                else _("Ingen har kontrollerat uppgifterna. På webbplatsen står ”kontrolleras”.")
            ),
            button=_("Kontrollera"),
            place=change_of("organisation.contactpoint", point.pk),
        )
        for point in points
    ]


def documents(viewer):
    """Documents whose review date has come."""
    if not viewer.may("documents.change_document"):
        return []
    return [
        Task(
            name=_("Dokumentet ”%(title)s”") % {"title": document.title},
            why=_("Skulle ha granskats %(date)s.") % {"date": date_format(document.review_on)},
            button=_("Granska"),
            place=change_of("documents.document", document.pk),
            due=document.review_on,
        )
        for document in Document.objects.due_for_review()
    ]


def links(viewer):
    """Links that lead nowhere, with a page on which each stands."""
    if not viewer.may("links.change_link"):
        return []
    return [
        Task(
            name=_("Trasig länk: %(url)s") % {"url": link.url},
            why=" ".join([link.sentence, *(_where(place) for place in link.places.all()[:1])]),
            button=_("Laga"),
            place=change_of("links.link", link.pk),
            due=timezone.localdate(link.first_failed_at) if link.first_failed_at else None,
        )
        for link in Link.objects.broken()
    ]


def texts(viewer):
    """Published pages with errors in their text, as of the last ``check_texts``."""
    if not viewer.editable:
        return []
    kinds = {ContentType.objects.get_for_model(model).pk: model for model in viewer.editable}
    return [
        Task(
            name=_("Fel i texten på ”%(page)s”") % {"page": fault.title},
            why=fault.sentences.partition("\n")[0],
            button=_("Rätta"),
            place=change_of(kinds[fault.content_type_id]._meta.label_lower, fault.object_id),
        )
        for fault in FailedCheck.objects.filter(content_type__in=kinds)
    ]


def _where(place):
    return _("Den står på ”%(page)s”.") % {"page": place.title}


def people(viewer):
    """Functions whose mail goes nowhere, and the second function that deputies need."""
    if not viewer.may("organisation.change_person"):
        return []
    active = list(Person.objects.active())
    tasks = [
        Task(
            name=_("Funktionen ”%(person)s”") % {"person": person},
            why=_("E-postadressen är bara ett exempel. Mejl om synpunkter når ingen."),
            button=_("Skriv rätt adress"),
            place=change_of("organisation.person", person.pk),
        )
        for person in active
        if person.email.endswith(EXAMPLE)
    ]
    if len(active) < 2 and viewer.may("organisation.add_person"):
        tasks.append(
            Task(
                name=_("En ersättare för sidorna"),
                why=_("Det finns bara en funktion. Lägg till en till, som kan vara ersättare."),
                button=_("Lägg till"),
                place=("admin:organisation_person_add",),
            )
        )
    return tasks


def pictures(viewer):
    """Pictures in use whose consent ends soon, or has ended so that they are shown no longer."""
    if not viewer.may("pictures.change_picture"):
        return []
    today = timezone.localdate()
    in_use = Q(in_gallery=True)
    for model in content_models():
        in_use |= Q(Exists(model.objects.published().filter(lead_picture=OuterRef("pk"))))
    ending = Picture.objects.filter(consent_until__lte=today + timedelta(days=CONSENT_DAYS))
    return [
        Task(
            name=_("Bilden ”%(title)s”") % {"title": title},
            why=(
                _("Samtycket gäller till och med %(date)s. Förläng det eller byt bild.")
                if until >= today
                else _("Samtycket tog slut %(date)s. Bilden visas inte längre. Byt bild.")
            )
            % {"date": date_format(until)},
            button=_("Öppna bilden"),
            place=change_of("pictures.picture", pk),
            due=until,
            is_urgent=until < today,
        )
        for pk, title, until in ending.filter(in_use).values_list("pk", "title", "consent_until")
    ]


def unsent_mail():
    """Mail that was refused for good, and mail that should have left long ago."""
    long_ago = timezone.now() - timedelta(hours=MAIL_HOURS)
    waiting = Q(status__in=[STATUS.queued, STATUS.requeued], created__lt=long_ago)
    return Email.objects.filter(Q(status=STATUS.failed) | waiting)


def mail(viewer):
    """Mail that does not leave; only how much of it, for it holds answers to residents."""
    if not viewer.may("tasks.resend_mail"):
        return []
    number = unsent_mail().aggregate(number=Count("pk"))["number"]
    if not number:
        return []
    name = ngettext(
        "%(number)d mejl har inte skickats", "%(number)d mejl har inte skickats", number
    )
    return [
        Task(
            name=name % {"number": number},
            why=_("De ligger kvar i utkorgen. Den som väntar på svar får inget."),
            button=_("Visa utkorgen"),
            place=("tasks:mail",),
            is_urgent=True,
        )
    ]


def site_settings(viewer):
    """What the unit must set before residents can rely on the portal."""
    operator = _("Be den som driver webbplatsen att ställa in %(name)s.")
    tasks = []
    if not settings.EMAIL_IS_SET:
        why = _("Mejl skickas inte än.") + " " + operator % {"name": "EMAIL_URL"}
        tasks.append(Task(name=_("Mejl från webbplatsen"), why=why, is_urgent=True))
    if settings.DEFAULT_FROM_EMAIL.endswith(EXAMPLE):
        why = _("Avsändaren är bara ett exempel.") + " " + operator % {"name": "DEFAULT_FROM_EMAIL"}
        tasks.append(Task(name=_("Avsändare av mejl"), why=why))
    may_mend = viewer.may("organisation.change_contactpoint")
    if may_mend and not ContactPoint.objects.filter(is_unit_mailbox=True).exclude(email=""):
        tasks.append(
            Task(
                name=_("Enhetens brevlåda"),
                why=_("Ingen kontaktväg är brevlåda för synpunkter."),
                button=_("Välj kontaktväg"),
                place=("admin:organisation_contactpoint_changelist",),
                is_urgent=True,
            )
        )
    return tasks
