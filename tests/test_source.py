"""The golden test: every sentence of the page that this portal replaces stands in its place.

``source/verksamheten.txt`` is that page's text, untouched. PIECES takes it apart without leaving out a sign:
a test proves that the pieces, one after the other, are the whole text. Each says where it belongs.
Blanks are not compared ("alkohol,narkotika" and "kontor/ förvaltningar" are slips of the source), nor is the
full stop that ends a piece.
"""

import io
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from tests.crawl import fetch

pytestmark = pytest.mark.django_db

SOURCE = Path(__file__).parent / "source" / "verksamheten.txt"
ADDRESS = "/verksamheten/"
FORM_ADDRESS = f"/tyck-till/?sida={ADDRESS}"
BULLET = "•"


class Piece(NamedTuple):
    """``text`` stands in an element ``tag`` (in a link to ``href``); ``exact``: the element holds no more."""

    text: str
    tag: str
    href: str | None = None
    exact: bool = False


def link(text, href):
    return Piece(text, "a", href, exact=True)


def heading(text):
    return Piece(text, "h2", exact=True)


def item(text):
    return Piece(text, "li")


def sentence(text):
    return Piece(text, "p")


GALLERY = [link("Fler bilder från Norrtälje", "/bilder/")]
PAGE = [
    link("Gå till innehåll", "#innehall"),
    link("Hoppa till navigeringen", "#navigering"),
    link("Gå till nyhetsarkiv", "/nyheter/arkiv/"),
    link("Gå till söksida", "/sok/"),
    link("Gå till kontaktsida", "/kontakt/"),
    sentence("Use Google to translate the website."),
    sentence("We take no responsibility for the accuracy of the translation."),
    Piece("Verksamheten - Trygg i Norrtälje kommun", "h1", exact=True),
    sentence("Norrtälje kommun ska vara Sveriges tryggaste kommun att bo, leva och verka i."),
    sentence(
        "För att nå dit arbetar Trygg i Norrtälje kommun med att leda, samverka och samordna det "
        "förebyggande trygghetsarbetet med samtliga kontor/ förvaltningar, KSON, Tiohundra och Polisen "
        "samt ideella sektorn och näringslivet."
    ),
    Piece("Tre ansikten på leende människor.", "img", exact=True),
    heading("Uppdrag, mål och resultat"),
    sentence("Vårt uppdrag består av två delar:"),
    item(
        "Att utveckla och samordna ett övergripande, strategiskt och långsiktigt "
        "drog- och brottsförebyggande trygghetsarbete i kommunen."
    ),
    item(
        "Skapa förutsättningar för dialog, samverkan och gemensamma arbetsplattformar mellan alla aktörer "
        "och invånare i kommunen"
    ),
    sentence("Vi har tre övergripande och långsiktiga mål:"),
    item("Minska användandet av alkohol, narkotika, dopning och tobak."),
    item("Minska brottsligheten och öka den upplevda tryggheten hos invånarna."),
    item("Bli Sveriges tryggaste kommun"),
    sentence("Samverkan har snabbt gett mycket goda resultat:"),
    item(
        "Norrtälje kommun nominerad till Security Awards 2015 (Årets trygghets- och säkerhetsarbete i "
        "kommun, av Skydd och Säkerhet)"
    ),
    item(
        "Norrtälje blev årets förebyggande kommun 2014 samt 2017 (priset delas ut av "
        "CAN,Centralförbundet för alkohol- och narkotikaupplysning)."
    ),
    item("Tryggaste kommunen i hela Stockholms län 2013 (mätning av Tryggare Sverige)."),
    item("Gått från få insatser till stor bredd."),
    heading("Organisation"),
    sentence(
        "Verksamheten inom TiNK är kommunövergripande och väl förankrad i kommunledningen, med tydliga "
        "mandat och en tydlig roll i trygghetsarbetet."
    ),
    sentence(
        "Teamet består av 12 heltidsanställda, med hög kompetens och stor erfarenhet, som jobbar nära "
        "varandra med både hjärta och hjärna, passion och struktur."
    ),
    sentence(
        "Arbetet är till största delen proaktivt och stort fokus läggs på kommunikation och på att bygga upp "
        "relationer för att få de olika samverkansplattformarna att fungera."
    ),
    heading("Vilka verksamhetsområden omfattar TiNK?"),
    sentence(
        "TiNK bedriver ett trygghetsarbete och har plattformar för samverkan inom flera områden:"
    ),
    item("Ett övergripande strategiskt folkhälsoarbete"),
    item("ANDT - förebyggande arbete mot alkohol,narkotika, dopning och tobak"),
    item("Föräldraskapsstöd - iKomet, ABC, FÖS och föräldraföreläsningar"),
    item(
        "Brottsförebyggande arbete - samverkan med polis, trygghetsvandringar, nätverk mot "
        "våldsbejakande extremism"
    ),
    item("Våld i nära relation - samverkan och information"),
    item("Fältsamordnare - uppsökande och förebyggande arbete med barn och ungdomar"),
    item(
        "Utbildning, kommunikation och information - kompetensutveckling, utbildning, seminarier, "
        "kampanjer, konferenser, webb och sociala medier"
    ),
    heading("Strategi och metod"),
    sentence(
        "Med tydliga mål och ett uppdrag som är väl förankrat i kommunledningen, samordnar TiNK arbetet inom "
        "de etablerade arbetsplattformarna, där många olika aktörer deltar – kommunala nämnder/kontor, "
        "polisen, andra myndigheter, organisationer, föreningar, företag och kyrkorna."
    ),
    sentence("Fyra plattformar utgör grunden för arbetet:"),
    item("Lokala områdesgrupper"),
    item("TiNK-rådet"),
    item("Kommunledningen"),
    item("Lokalt Trygghet och Säkerhetsråd"),
    sentence(
        "Arbetet är alltid insiktsdrivet och tar avstamp i upplevda problem, undersökningar, statistik "
        "med mera."
    ),
    sentence("TiNK:s roll är att vara motorn som driver och får saker att hända."),
    sentence("Vi definierar uppdrag, erbjuder metoder, ger stöd och skapar engagemang."),
    link("Till Trygg i Norrtälje kommun", "/"),
    sentence("Senast ändrad: 2022-01-17"),
]
CLOSE = [Piece("×", "button")]
FORM_HEADING = "Tyck till om den här sidan"
FORM = [
    sentence("Har du synpunkter på den här sidan, tar vi tacksamt emot dem."),
    sentence("Fyll i formuläret nedan och dina synpunkter skickas till ansvarig för sidan."),
    sentence("Om du anger din e-postadress kan vi ge dig återkoppling."),
    sentence("Tack för att du hjälper oss att skapa en bättre webbplats."),
]
PIECES = [*GALLERY, *PAGE, *CLOSE, Piece(FORM_HEADING, "h1"), *FORM]


def squeeze(text):
    """``text`` without blanks and without the full stop that ends it."""
    return "".join(text.split()).removesuffix(".")


def texts_of(page, piece):
    """The squeezed texts of the elements where ``piece`` may stand; a picture's text is its alt."""
    return [
        squeeze(element.get("alt", "") if piece.tag == "img" else "".join(element.itertext()))
        for element in page.all(piece.tag)
        if piece.href is None or element.get("href") == piece.href
    ]


def stands_on(page, piece):
    wanted = squeeze(piece.text)
    if piece.exact:
        return wanted in texts_of(page, piece)
    return any(wanted in text for text in texts_of(page, piece))


def everything_said(page):
    """What someone hears who has the page read aloud from the top: texts and picture descriptions."""
    said = []

    def read(element):
        if element.tag == "img":
            said.append(element.get("alt", ""))
        elif isinstance(element.tag, str):
            said.append(element.text or "")
        for child in element:
            read(child)
            said.append(child.tail or "")

    read(page.all("body")[0])
    return "".join("".join(said).split())


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """{name: the page}, drawn from the real content, which is gone again before the first test."""
    with django_db_blocker.unblock(), transaction.atomic():
        settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
        call_command("load_portal", stdout=io.StringIO())
        client = Client()
        pages = {
            "page": fetch(client, ADDRESS),
            "form": fetch(client, FORM_ADDRESS),
            "dialog": fetch(client, FORM_ADDRESS, headers={"X-Requested-With": "dialog"}),
        }
        transaction.set_rollback(True)
    return pages


def test_the_pieces_are_the_whole_source():
    """No sentence can be dropped from the list without a word."""
    source = "".join(SOURCE.read_text().replace(BULLET, " ").split())
    assert "".join("".join(piece.text.split()) for piece in PIECES) == source


def test_each_line_of_a_list_is_a_piece_of_its_own():
    lines = [line.strip() for line in SOURCE.read_text().splitlines() if BULLET in line]
    items = [squeeze(piece.text) for piece in PIECES if piece.tag == "li"]
    assert len(lines) == len(items) == 20
    starts = [squeeze(line.strip(f"{BULLET} ")) for line in lines]
    assert [(i, s) for i, s in zip(items, starts, strict=True) if not i.startswith(s)] == []


@pytest.mark.parametrize("piece", [*GALLERY, *PAGE], ids=lambda piece: piece.text[:40])
def test_on_the_page(pages, piece):
    assert stands_on(pages["page"], piece), texts_of(pages["page"], piece)


@pytest.mark.parametrize("place", ["form", "dialog"])
@pytest.mark.parametrize("piece", FORM, ids=lambda piece: piece.text[:40])
def test_in_the_form(pages, place, piece):
    assert stands_on(pages[place], piece)


def test_the_pieces_stand_in_the_order_of_the_source(pages):
    said, here = everything_said(pages["page"]), 0
    for piece in PAGE:
        found = said.find(squeeze(piece.text), here)
        assert found >= 0, f"{piece.text!r} does not come after the piece before it"
        here = found + len(squeeze(piece.text))


@pytest.mark.parametrize("place", ["form", "dialog"])
def test_the_form_stands_in_the_order_of_the_source(pages, place):
    said = everything_said(pages[place])
    assert squeeze("".join([FORM_HEADING, *(piece.text for piece in FORM)])) in said


def test_the_heading_of_the_form(pages):
    assert pages["form"].words("h1") == [FORM_HEADING]
    assert pages["dialog"].words("h2")[0] == FORM_HEADING
    assert FORM_HEADING in pages["page"].words("h2")


def test_the_times_sign_is_the_button_that_closes_the_dialog(pages):
    (close,) = [
        button for button in pages["dialog"].all("button") if button.get("aria-label") == "Stäng"
    ]
    (form,) = [form for form in pages["dialog"].all("form") if close in form.iter()]
    assert form.get("method") == "dialog"
    assert [use.get("href").rpartition("#")[2] for use in close.iter("use")] == ["stang"]


def test_the_notice_is_in_english_word_for_word(pages):
    (notice,) = [p for p in pages["page"].all("p") if p.get("lang") == "en"]
    assert " ".join("".join(notice.itertext()).split()) == (
        "Use Google to translate the website. We take no responsibility for the accuracy of the translation."
    )


def test_the_page_is_the_one_of_the_real_date(pages):
    dates = [time.get("datetime") for time in pages["page"].all("time")]
    assert dates == ["2022-01-17"]


def test_the_areas_and_platforms_lead_to_their_pages(pages):
    targets = {
        href
        for href in pages["page"].links
        if href.startswith(("/verksamhetsomraden/", "/samverkan/"))
    }
    assert len({t for t in targets if t.count("/") == 3}) == 11
