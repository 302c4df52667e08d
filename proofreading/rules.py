"""Every rule: how grave it is, and the sentence that quotes the place and says what to do."""

from django.utils.translation import gettext_lazy as _

from proofreading.texts import Level, Remark

ERROR, WARNING = Level.ERROR, Level.WARNING

RULES = {
    # Headings
    "heading-order": (
        ERROR,
        _(
            "Underrubriken ”%(quote)s” (rubrik 3) har ingen rubrik 2 över sig. "
            "Gör den till rubrik 2."
        ),
    ),
    "heading-empty": (ERROR, _("Det finns en rubrik utan text. Skriv den eller ta bort den.")),
    "heading-only-bold": (
        WARNING,
        _("Rubriken ”%(quote)s” är i fetstil. Ta bort fetstilen, en rubrik syns ändå."),
    ),
    "heading-bold-paragraph": (
        WARNING,
        _(
            "”%(quote)s” är ett stycke i fetstil som ser ut som en rubrik. Är det en rubrik, "
            "välj rubrik 2 eller rubrik 3 i stället för fetstil."
        ),
    ),
    # Links
    "link-empty": (
        ERROR,
        _("Länken till %(quote)s har ingen text. Skriv vart den leder eller ta bort den."),
    ),
    "link-vague": (
        WARNING,
        _(
            "Länktexten ”%(quote)s” säger inte vart länken leder. Skriv det, "
            "till exempel ”Läs mer om föräldraskapsstöd”."
        ),
    ),
    "link-address": (
        WARNING,
        _("Länktexten ”%(quote)s” är en webbadress. Skriv vad sidan heter i stället."),
    ),
    "link-file-type": (
        WARNING,
        _("Länken ”%(quote)s” leder till en fil. Skriv vilket slag, till exempel ”(%(kind)s)”."),
    ),
    "link-same-text": (
        WARNING,
        _(
            "Länktexten ”%(quote)s” finns flera gånger på sidan men leder till olika ställen. "
            "Skriv olika länktexter."
        ),
    ),
    # Pictures: what one shows is written in the picture library; the text only says which it is.
    "picture-source": (
        ERROR,
        _(
            "Bilden ”%(quote)s” kommer inte från bildbiblioteket och saknar bildbeskrivning där. "
            "Ta bort den och välj en bild ur biblioteket."
        ),
    ),
    # Tables
    "table-header": (
        ERROR,
        _(
            "Tabellen som börjar ”%(quote)s” saknar rubrikrad. "
            "Gör första radens celler till rubrikceller."
        ),
    ),
    "table-header-empty": (
        ERROR,
        _("Tabellen som börjar ”%(quote)s” har en tom rubrikcell. Skriv vad den är rubrik för."),
    ),
    "table-single": (
        WARNING,
        _(
            "Tabellen som börjar ”%(quote)s” har bara en rad eller en kolumn. "
            "Skriv den som lista eller vanlig text."
        ),
    ),
    # Wording
    "lix": (
        WARNING,
        _(
            "Texten är svår att läsa: LIX är %(number)d och bör vara högst %(most)d. "
            "Skriv kortare meningar och kortare ord."
        ),
    ),
    "sentence-long": (
        WARNING,
        _("Meningen som börjar ”%(quote)s” har %(number)d ord. Dela den i flera meningar."),
    ),
    "paragraph-long": (
        WARNING,
        _("Stycket som börjar ”%(quote)s” har %(number)d ord. Dela det i flera stycken."),
    ),
    "language-unmarked": (
        WARNING,
        _(
            "”%(quote)s” ser ut att vara på %(language)s. Märk upp språket, så att det läses upp rätt, "
            "eller skriv på svenska."
        ),
    ),
    "capitals": (
        WARNING,
        _("”%(quote)s” är skrivet med bara stora bokstäver. Skriv med små bokstäver."),
    ),
    "official-word": (WARNING, _("”%(quote)s” är kanslispråk. Skriv hellre ”%(instead)s”.")),
    "official-filler": (WARNING, _("”%(quote)s” är kanslispråk. Stryk ordet.")),
    "glossary": (WARNING, _("Här säger vi ”%(instead)s”. Byt ut ”%(quote)s”.")),
    # Titles and introductions
    "lead-long": (
        WARNING,
        _(
            "Ingressen har %(number)d tecken och bör ha högst %(most)d. "
            "Flytta en del av den till texten."
        ),
    ),
    "title-long": (
        WARNING,
        _("Rubriken ”%(quote)s” har %(number)d tecken och bör ha högst %(most)d. Gör den kortare."),
    ),
    "title-stop": (WARNING, _("Rubriken ”%(quote)s” slutar med punkt. Ta bort punkten.")),
}


def remark(rule, quote="", identity=None, **words):
    """A remark on the text ``quote``; ``identity`` when the quotation does not tell it from another."""
    level, sentence = RULES[rule]
    shown = {"quote": shorten(quote) or "–", **words}
    return Remark(rule, level, str(sentence) % shown, identity or quote)


def shorten(text, length=50):
    """The start of ``text`` for a quotation, cut between words."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0] or text[:length]).rstrip(" ,;:–-") + " …"
