"""What the admin says beside the fields that explain themselves nowhere else, and how a date is asked for.

A help text that concerns the field's meaning stands in the model. Here is what is only said to the editor, in
one place, so that all screens speak with one voice.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

DATE_EXAMPLE = _("Skriv år, månad och dag. Exempel: 2026-03-05")
WRONG_DATE = _("Datumet går inte att läsa. Skriv år, månad och dag så här: 2026-03-05")
WRONG_TIME = _("Klockslaget går inte att läsa. Skriv timme och minut så här: 14:30")
ORDER = _("Lägre nummer visas först. Exempel: 10, 20, 30")
PHONE = _("Siffror, mellanslag och bindestreck. Exempel: 0176-710 00")

#: By field name, for every model.
SHARED = {
    "body": _("Välj Rubrik 2 för ett nytt avsnitt. Text från Word rensas när du sparar."),
    "lead_picture": _("Visas överst på sidan. Lägg till bilden under Bilder först, eller välj +."),
    "order": ORDER,
    "phone": PHONE,
    "review_on": _("När sidan ska gås igenom nästa gång. Exempel: 2027-03-05"),
    "reviewed_on": _("När någon senast gick igenom sidan. Exempel: 2026-03-05"),
}
#: By model and field name.
OWN = {
    "activities.activity.area": _("Området som insatsen hör till. Den visas på områdets sida."),
    "activities.activity.kind_of_activity": _(
        "Exempel: ABC är ett program, en vandring en åtgärd."
    ),
    "activities.activity.platform": _("Plattformen som driver insatsen, om någon gör det."),
    "activities.activity.target_group": _("Exempel: Föräldrar till barn 3–12 år"),
    "activities.goalarea.contacts": _("Vägar in för den som läser om området. Du kan välja flera."),
    "activities.goalarea.for_whom": _("Vem området vänder sig till. Exempel: Dig som är förälder"),
    "activities.goalarea.helplines": _("Nummer som passar området. Du kan välja flera."),
    "activities.goalarea.icon": _("Bilden bredvid områdets namn på startsidan."),
    "activities.goalarea.what_you_can_do": _("Vad läsaren själv kan göra. Börja med ett verb."),
    "feedback.feedback.assigned_to": _(
        "Den som svarar. Bara konton som får läsa synpunkter visas."
    ),
    "feedback.feedback.status": _("Hur långt ärendet har kommit. Ett svar ger Besvarad."),
    "goals.award.giver": _("Exempel: CAN"),
    "goals.award.kind": _("En nominering är ingen vinst: välj det som är sant."),
    "goals.award.title": _("Exempel: Årets förebyggande kommun"),
    "goals.award.year": _("Fyra siffror. Tomt om året inte är känt. Exempel: 2017"),
    "goals.goal.areas": _("Områdena som målet gäller. Målet visas på deras sidor."),
    "goals.goal.text": _("En mening. Exempel: Alla barn ska växa upp i trygghet."),
    "news.newsitem.area": _("Nyheten visas också på områdets sida."),
    "news.newsitem.platform": _("Nyheten visas också på plattformens sida."),
    "organisation.contactpoint.email": _("Exempel: trygg@kommunen.se"),
    "organisation.contactpoint.name": _("Exempel: Norrtälje kommuns kontaktcenter"),
    "organisation.contactpoint.purpose": _(
        "En mening. Exempel: Frågor om alla kommunens tjänster."
    ),
    "organisation.contactpoint.visit": _("Exempel: Rubings gata 1. Måndag–fredag 9–16."),
    "organisation.headcount.as_of": _("Dagen då antalet stämde. Exempel: 2026-03-05"),
    "organisation.headcount.full_time": _("Ett helt tal. Exempel: 12"),
    "organisation.headcount.source": _("Var uppgiften kommer ifrån. Exempel: Enhetschefen"),
    "organisation.helpline.name": _("Den som svarar. Exempel: Kvinnofridslinjen"),
    "organisation.helpline.number": _("Så som det ska läsas. Exempel: 020-50 50 50"),
    "organisation.helpline.on_every_page": _("Numret står i remsan överst på varje sida."),
    "organisation.helpline.on_start": _("Numret står i rutan på startsidan."),
    "organisation.helpline.review_by": _(
        "Efter den dagen visas numret utan tider. Exempel: 2027-03-05"
    ),
    "organisation.helpline.website": _("Exempel: https://kvinnofridslinjen.se/"),
    "organisation.organisation.kind": _("Avgör under vilken rubrik organisationen visas."),
    "organisation.organisation.name": _("Exempel: Föreningen Grannsamverkan"),
    "organisation.organisation.website": _("Exempel: https://polisen.se/"),
    "organisation.person.user": _("Kontot som personen loggar in med, om det finns ett."),
    "pages.pagesection.live_list": _("Visar uppgifter som redan finns, till exempel hjälpnumren."),
    "pages.pagesection.text_after": _("Det som ska stå under listan."),
    "platforms.localareagroup.coordinator": _("Funktionen som håller ihop gruppen."),
    "platforms.localareagroup.platform": _("Plattformen som gruppen hör till."),
    "platforms.membership.organisation": _("Sök på namnet. Saknas den, välj + för att lägga till."),
    "platforms.platform.contact": _("Vart den vänder sig som vill veta mer."),
    "platforms.platform.purpose": _("Vad plattformen är till för, i några meningar."),
    "platforms.platform.ways_of_working": _("Hur man arbetar: möten, beslut och uppföljning."),
}


def explain(fields, model):
    """Give each of ``fields`` (a form's) a help text and its dates an error that shows how."""
    for name, field in fields.items():
        if not field.help_text:
            own = OWN.get(f"{model._meta.label_lower}.{name}")
            date = DATE_EXAMPLE if isinstance(field, forms.DateField) else ""
            field.help_text = own or SHARED.get(name) or date
        parts = getattr(field, "fields", None) or [field]
        for part in parts:
            if isinstance(part, forms.DateField):
                part.error_messages["invalid"] = WRONG_DATE
            elif isinstance(part, forms.TimeField):
                part.error_messages["invalid"] = WRONG_TIME


class Explained:
    """For a ModelAdmin: its form and the rows below it get what this file says."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        explain(form.base_fields, self.model)
        return form

    def get_formsets_with_inlines(self, request, obj=None):
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            explain(formset.form.base_fields, inline.model)
            yield formset, inline
