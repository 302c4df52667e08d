"""What is wrong with a link and what to do about it, in words for an editor."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # Inner
    "missing": _("Det finns ingen sida på adressen. Ta bort länken eller välj en annan sida."),
    "not_published": _(
        "Sidan är inte publicerad, så invånarna kan inte läsa den. Publicera den eller ändra "
        "länken."
    ),
    "fragment": _(
        "Sidan finns, men inte stället på sidan (det som står efter #). Länka till sidan i stället."
    ),
    "admin": _(
        "Länken går till redaktionen, och dit kommer inga invånare. Länka till sidan på "
        "webbplatsen."
    ),
    "error": _("Sidan finns men kunde inte visas. Be den som driver webbplatsen att titta."),
    "reference": _("Det som länken pekade på är borttaget. Ta bort länken eller välj något annat."),
    "mail": _("E-postadressen är felskriven. Rätta den."),
    "phone": _("Telefonnumret är felskrivet. Skriv bara siffror, till exempel 0176-123 45."),
    "moved": _(
        "Adressen har ändrats. Länken fungerar, men byt till den nya adressen när du ändå "
        "redigerar sidan."
    ),
    # Never asked
    "malformed": _("Adressen är felskriven. Kopiera den på nytt från webbläsarens adressrad."),
    "too_long": _("Adressen är för lång för att kontrolleras. Finns det en kortare?"),
    "scheme": _(
        "Länken börjar inte med https:// eller http://, så den fungerar inte för alla. Ändra den."
    ),
    "userinfo": _(
        "Adressen innehåller ett användarnamn eller @ före webbplatsens namn. Så ser "
        "bluffadresser ut. Ändra den."
    ),
    "port": _(
        "Adressen har ett portnummer (siffror efter kolon). Sådana adresser kontrolleras "
        "inte. Fråga om det finns en vanlig adress."
    ),
    "private": _(
        "Adressen leder till ett internt nät eller en enskild dator. Invånarna kommer inte "
        "dit. Ändra länken."
    ),
    # Outer
    "gone": _(
        "Sidan finns inte längre på den andra webbplatsen. Sök upp den nya adressen eller ta "
        "bort länken."
    ),
    "refused": _(
        "Den andra webbplatsen svarade att den inte kan visa sidan (kod %(code)s). Öppna "
        "länken och se efter."
    ),
    "server": _(
        "Den andra webbplatsen svarade med ett fel (kod %(code)s). Öppna länken och se efter."
    ),
    "name": _(
        "Webbplatsens namn finns inte. Är adressen rättstavad, eller har webbplatsen lagts ned?"
    ),
    "slow": _("Den andra webbplatsen svarade inte i tid. Öppna länken och se efter."),
    "connection": _("Det gick inte att nå den andra webbplatsen. Öppna länken och se efter."),
    "certificate": _(
        "Webbplatsens säkerhetscertifikat stämmer inte, så webbläsare varnar. Sök upp en "
        "annan adress eller tala med dem som har webbplatsen."
    ),
    "answer": _(
        "Den andra webbplatsen gav ett svar som inte går att läsa. Öppna länken och se efter."
    ),
    "loop": _("Länken skickas runt utan att komma fram. Sök upp rätt adress."),
    "closed": _(
        "Webbplatsen släpper inte in vår kontroll (kod %(code)s), men den kan fungera för "
        "invånarna. Öppna länken och se efter."
    ),
    "busy": _("Webbplatsen bad oss återkomma senare. Kontrolleras igen."),
    "waiting": _("Inte kontrollerad än."),
}
#: Put before a fault that may be passing.
ONCE = _("Det gick inte den här gången; vi försöker igen innan länken räknas som trasig.")


def sentence(reason, code=None):
    """The sentence for ``reason``; "" for a link that works."""
    return str(SENTENCES[reason] % {"code": code}) if reason else ""
