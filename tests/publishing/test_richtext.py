"""Rich text: what gets through to a resident, however it came in; and what an editor may keep."""

import re

import html5lib
import pytest
from django import forms
from django.urls import reverse

from news.models import NewsItem
from pages.models import Page
from publishing.compare import mark_words
from publishing.models import content_models
from publishing.richtext import RichTextField, plain, sanitise
from tests.factories import content_values, make_page
from tests.publishing.pasting import SAMPLES, expected
from tests.search.finding import search

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="/" onclick="alert(1)">x</a>',
    '<p style="background:url(javascript:alert(1))">x</p>',
    "<style>@import 'https://evil.example/x.css';</style>",
    '<iframe src="https://evil.example"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="https://evil.example/x.swf"></object>',
    '<embed src="https://evil.example/x.swf">',
    '<form action="https://evil.example"><input name="q"><button>OK</button></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example/">',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<details open ontoggle=alert(1)>x</details>",
    "<video><source onerror=alert(1)></video>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
    '<p id="innehall" class="hero" name="q">x</p>',
    "<x-evil onfocus=alert(1) tabindex=1 autofocus>x</x-evil>",
    '<img src="bild:1x" alt="x">',
    '<img src="bild:1" onerror="alert(1)" srcset="https://evil.example/x.png">',
    '<a href="sida:javascript:alert(1)">x</a>',
    "<b style=\"font-weight:normal\" onclick='alert(1)'>x</b>",
    '<span dir="rtl" lang="en" style="position:fixed">x</span>',
    "<<script>script>alert(1)<</script>/script>",
    '<a href="https://ok.example" target="_blank" ping="https://evil.example">x</a>',
]
OUTSIDE_IN_DISGUISE = [
    "//evil.example",
    " //evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "/\t\\evil.example",
    "///evil.example",
]
ALLOWED = {
    *("p", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "br", "abbr", "span"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "img"),
}
ATTRIBUTES = {"href", "rel", "lang", "title", "scope", "colspan", "rowspan", "src", "dir"}


def elements(html):
    """What a browser makes of ``html``, read as the content of a page's main part."""
    fragment = html5lib.parseFragment(html, container="main", namespaceHTMLElements=False)
    return [element for element in fragment.iter() if element is not fragment]


def is_harmless(html):
    for element in elements(html):
        if not isinstance(element.tag, str) or element.tag not in ALLOWED | {"DOCUMENT_FRAGMENT"}:
            return False
        if set(element.attrib) - ATTRIBUTES:
            return False
        href = element.get("href", "/").strip().lower()
        if not href.startswith(("/", "#", "?", "https://", "http://", "mailto:", "tel:")):
            return False
        # A picture of the library and no other, and only as a reference.
        if element.tag == "img" and not re.fullmatch("bild:[1-9][0-9]*", element.get("src", "")):
            return False
    return True


def test_the_payloads_are_harmful():
    """Otherwise what follows would be no proof."""
    assert [payload for payload in PAYLOADS if is_harmless(payload) and "<<" not in payload] == []
    assert len(PAYLOADS) >= 18


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sanitise(payload):
    assert is_harmless(sanitise(payload))
    assert sanitise(sanitise(payload)) == sanitise(payload)


@pytest.mark.django_db
@pytest.mark.parametrize("payload", PAYLOADS)
def test_every_way_in_is_clean(payload):
    harmful = f"<p>Före</p>{payload}<p>Efter</p>"
    saved = make_page(body=harmful)
    Page.objects.bulk_create([Page(**content_values(body=harmful))])
    NewsItem.objects.bulk_create([NewsItem(**content_values(body=harmful))])
    updated = make_page()
    updated.body = harmful
    updated.save(update_fields=["body"])
    stored = [
        *Page.objects.values_list("body", flat=True),
        *NewsItem.objects.values_list("body", flat=True),
    ]
    stored = [body for body in stored if body]
    assert len(stored) == 4
    assert [body for body in stored if not is_harmless(body)] == []
    # The object in memory is what was stored, not what was sent.
    assert is_harmless(saved.body)


@pytest.mark.django_db
def test_a_form_cleans_too():
    class BodyForm(forms.ModelForm):
        class Meta:
            model = Page
            fields = ["body"]

    for payload in PAYLOADS:
        form = BodyForm({"body": f"<p>Text</p>{payload}"})
        assert form.is_valid()
        assert is_harmless(form.instance.body), payload


@pytest.mark.django_db
def test_the_admin_stores_nothing_harmful(client, superuser):
    client.force_login(superuser)
    page = make_page()
    sent = {
        "title": page.title,
        "slug": page.slug,
        "introduction": page.introduction,
        "body": "".join(PAYLOADS),
        "responsible": page.responsible_id,
        "deputy": page.deputy_id,
        "_publish": "1",
        "base": "0",
        "sections-TOTAL_FORMS": "1",
        "sections-INITIAL_FORMS": "0",
        "sections-0-heading": "<script>alert(1)</script>",
        "sections-0-text": "<p>Avsnitt</p>" + "".join(PAYLOADS),
        "sections-0-order": "1",
    }
    assert client.post(reverse("admin:pages_page_change", args=[page.pk]), sent).status_code == 302
    page.refresh_from_db()
    assert is_harmless(page.body)
    assert is_harmless(page.sections.get().text)
    public = client.get(page.get_absolute_url()).content.decode()
    assert "<script>alert" not in public
    assert "onerror=" not in public.replace("onerror=alert(1)&gt;", "")


def test_every_html_field_is_of_the_clean_kind():
    """A new field for HTML cannot be forgotten: only RichTextField is printed as HTML."""
    fields = {
        f"{model._meta.label}.{field.name}"
        for model in [*content_models(), Page.sections.rel.related_model]
        for field in model._meta.get_fields()
        if isinstance(field, RichTextField)
    }
    assert fields == {
        *(f"{model._meta.label}.body" for model in content_models()),
        *("platforms.Platform.purpose", "platforms.Platform.ways_of_working"),
        *("activities.GoalArea.for_whom", "activities.GoalArea.what_you_can_do"),
        *("pages.PageSection.text", "pages.PageSection.text_after"),
    }


# --- Links --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", OUTSIDE_IN_DISGUISE)
def test_a_link_that_only_looks_like_our_own_loses_its_address(address):
    assert sanitise(f'<p><a href="{address}">Läs mer</a></p>') == "<p>Läs mer</p>"


@pytest.mark.parametrize(
    "address",
    ["/kontakt/", "#hjalp", "?sida=2", "https://www.digg.se/", "mailto:a@b.example", "tel:112"],
)
def test_honest_links_stay(address):
    (link,) = [e for e in elements(sanitise(f'<a href="{address}">Läs mer</a>')) if e.tag == "a"]
    assert link.get("href") == address
    assert link.get("rel") == "noopener"


# --- What an editor may keep ------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "becomes"), [(1, 2), (2, 2), (3, 3), (4, 3), (5, 3), (6, 3)])
def test_only_headings_of_the_second_and_third_level(level, becomes):
    assert sanitise(f"<h{level}><b>Rubrik</b></h{level}>") == f"<h{becomes}>Rubrik</h{becomes}>"


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Rubrik</h2>",
        "<h3>Underrubrik</h3>",
        "<p>Text med <strong>vikt</strong> och <em>ton</em>.<br>Ny rad.</p>",
        "<ul><li>Ett</li></ul>",
        "<ol><li>Ett</li></ol>",
        '<p><span lang="en">English</span></p>',
        '<p><abbr title="Trygg i Norrtälje kommun">TiNK</abbr></p>',
        '<p><span lang="ar" dir="rtl">سلام</span></p>',
        '<p>Se <a href="sida:pages.page:3" rel="noopener">kontakt</a>.</p>',
        '<p><a href="dokument:12" rel="noopener">Planen</a></p>',
        '<p>Före</p><img src="bild:7"><p>Efter</p>',
        "<p>för\u00adäldra\u00adskaps\u00adstöd</p>",
        '<table><caption>Tider</caption><thead><tr><th scope="col">Dag</th></tr></thead>'
        '<tbody><tr><td colspan="2" rowspan="3">Måndag</td></tr></tbody></table>',
        "<p>Å ä ö – ”citat” &amp; &lt;tecken&gt;</p>",
    ],
)
def test_kept_to_the_letter(html):
    assert sanitise(html) == html


@pytest.mark.parametrize(
    "html", ["", " ", "<p></p>", "<p> </p>", "<p><br></p>", "<p>&nbsp;</p>\n<p></p>"]
)
def test_a_text_without_words_is_empty(html):
    assert sanitise(html) == ""


def test_nothing_stays_nothing():
    assert sanitise(None) is None
    assert plain(None) == ""


def test_plain_keeps_words_apart():
    html = "<h2>Ett</h2><p>två<br>tre</p><ul><li>fyra</li><li>fem</li></ul><p>sex &amp; sju</p>"
    assert plain(html) == "Ett två tre fyra fem sex & sju"


# --- What programs write ----------------------------------------------------------------------------------


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_the_paste_corpus_is_harmless_without_a_browser(sample):
    stored = sanitise(sample.read_text(encoding="utf-8"))
    assert is_harmless(stored)
    assert sanitise(stored) == stored


@pytest.mark.parametrize("name", ["libreoffice", "google-docs", "word-supportlists"])
def test_an_import_gets_the_same_lists_as_a_paste(name):
    (sample,) = (sample for sample in SAMPLES if sample.stem == name)
    tags = [e.tag for e in elements(sanitise(sample.read_text(encoding="utf-8")))]
    wanted = [e.tag for e in elements(expected(sample))]
    lists = {"ul", "ol", "li", "h2"}
    assert [tag for tag in tags if tag in lists] == [tag for tag in wanted if tag in lists]


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("<p>·&nbsp; Ett</p>\n<p>·&nbsp; Två</p>", "<ul><li>Ett</li><li>Två</li></ul>"),
        (
            "<p>·&nbsp; Ett</p><p>o&nbsp;&nbsp; Inuti</p><p>·&nbsp; Två</p>",
            "<ul><li>Ett<ul><li>Inuti</li></ul></li><li>Två</li></ul>",
        ),
        ("<p>• <b>Ett</b></p><p>Slut</p>", "<ul><li><strong>Ett</strong></li></ul><p>Slut</p>"),
        ("<p>1.&nbsp;&nbsp;Ett</p><p>2.&nbsp;&nbsp;Två</p>", "<ol><li>Ett</li><li>Två</li></ol>"),
        # Not every dash, paragraph sign or number begins a list.
        ("<p>–&nbsp;Nej, sa hon.</p><p>–&nbsp;Jo.</p>",) * 2,
        ("<p>§&nbsp;&nbsp;5 gäller.</p>", "<p>§&nbsp;&nbsp;5 gäller.</p>"),
        ("<p>1. Ett</p><p>2. Två</p>",) * 2,
        ("<p>Ett</p><p>&nbsp;</p><p><a href='/x/'></a></p><ul><li></li></ul>", "<p>Ett</p>"),
        ("<p>Ett<a name='x'>två</a></p>", "<p>Etttvå</p>"),
        ("<p>Ett<strong> </strong>två</p>", "<p>Ett två</p>"),
        ("<div><div>Ett</div><div>Två</div></div>", "<p>Ett</p><p>Två</p>"),
        ("<p>Ett <img src='bild:7'> två</p>", '<p>Ett  två</p><img src="bild:7">'),
        (
            "<ul><li><p>Ett</p><ul><li><p>Två</p></li></ul></li></ul>",
            "<ul><li>Ett<ul><li>Två</li></ul></li></ul>",
        ),
        (
            "<table><tr><th>Dag</th><th><p>Tid</p></th></tr><tr><th>Må</th><td><p></p></td></tr></table>",
            '<table><thead><tr><th scope="col">Dag</th><th scope="col">Tid</th></tr></thead>'
            '<tbody><tr><th scope="row">Må</th><td></td></tr></tbody></table>',
        ),
        (
            "<p><span lang='sv-SE'>Ett</span> <span lang='fa'>دو</span></p>",
            '<p>Ett <span lang="fa" dir="rtl">دو</span></p>',
        ),
    ],
)
def test_one_form_for_what_is_meant(written, stored):
    assert sanitise(written) == stored
    assert sanitise(stored) == stored


def test_a_text_nested_beyond_reason_is_no_error():
    assert sanitise("<div>" * 5000 + "Text" + "</div>" * 5000) == "<p>Text</p>"
    assert "Text" in sanitise("<ul><li>" * 500 + "Text")


def test_soft_hyphens_are_not_words():
    html = "<p>för\u00adäldra\u00adskaps\u00adstöd</p>"
    assert plain(html) == "föräldraskapsstöd"
    before, after = mark_words("ett för\u00adäldra ord", "ett föräldra tal")
    assert str(before) == "ett för\u00adäldra <del>ord</del>"
    assert str(after) == "ett föräldra <ins>tal</ins>"
    # Nothing else differs: then the hyphen is the change, and is shown.
    before, after = mark_words("föräldra", "för\u00adäldra")
    assert (str(before), str(after)) == ("<del>föräldra</del>", "<ins>för·äldra</ins>")


@pytest.mark.django_db
def test_the_search_finds_a_word_with_soft_hyphens():
    page = make_page(
        title="För\u00adeläsning", body="<p>Om för\u00adäldra\u00adskaps\u00adstöd.</p>"
    )
    assert search("föräldraskapsstöd") == [page]
    assert search("föreläsning") == [page]
    assert search("för\u00adäldra") == [page]
