"""Headings, links, pictures and tables: what is stopped, what is remarked upon, and what is left in peace."""

import pytest

from proofreading.checking import proofread
from proofreading.texts import Kind, Level, Text
from tests.proofreading.reading import read, rules

TABLE = "<table><tbody>{}</tbody></table>"
HEADED = "<tr><th>Dag</th><th>Tid</th></tr>"
ROW = "<tr><td>Måndag</td><td>kl. 9–15</td></tr>"


@pytest.mark.parametrize(
    ("html", "rule"),
    [
        ("<p>Text.</p><h3>Öppettider</h3><p>Text.</p>", "heading-order"),
        ("<h3>Först</h3><p>Text.</p><h2>Sedan</h2><p>Text.</p>", "heading-order"),
        ("<h2></h2><p>Text.</p>", "heading-empty"),
        ("<h2> \u00ad<br></h2><p>Text.</p>", "heading-empty"),
        ("<h2><strong>Åldersgränser</strong></h2><p>Text.</p>", "heading-only-bold"),
        ("<p><strong>Så anmäler du dig</strong></p><p>Ring oss.</p>", "heading-bold-paragraph"),
        ("<p><strong>Så här gör du</strong></p><ul><li>Ring.</li></ul>", "heading-bold-paragraph"),
        ('<p><a href="/kontakt/">Läs mer</a></p>', "link-vague"),
        ('<p>Anmäl dig <a href="/kontakt/">här</a>.</p>', "link-vague"),
        ('<p><a href="/kontakt/">Klicka här!</a></p>', "link-vague"),
        ('<p><a href="/kontakt/">LÄNK</a></p>', "link-vague"),
        ('<p><a href="https://polisen.se/anmal">https://polisen.se/anmal</a></p>', "link-address"),
        ('<p><a href="https://www.bris.se">www.bris.se</a></p>', "link-address"),
        ('<p><a href="https://digg.se/x">digg.se/tdosanmalan</a></p>', "link-address"),
        ('<p><a href="/kontakt/"></a></p>', "link-empty"),
        ('<p><a href="/kontakt/"><strong> </strong></a></p>', "link-empty"),
        ('<p><a href="/media/plan.pdf">Åtgärdsplan 2026</a></p>', "link-file-type"),
        ('<p><a href="/media/mall.docx?v=2">Mall för ansökan</a></p>', "link-file-type"),
        (
            '<p><a href="/a/">Föräldrastöd</a> <a href="/b/">föräldrastöd</a></p>',
            "link-same-text",
        ),
        (TABLE.format(ROW * 2), "table-header"),
        (TABLE.format("<tr><td>Dag</td><th>Tid</th></tr>" + ROW), "table-header"),
        (TABLE.format("<tr><th>Dag</th><th> </th></tr>" + ROW), "table-header-empty"),
        (TABLE.format(HEADED), "table-single"),
        (TABLE.format("<tr><th>Dag</th></tr><tr><td>Måndag</td></tr>"), "table-single"),
        ('<p><img src="https://example.se/katt.jpg"></p>', "picture-source"),
        ('<p><img src="data:image/png;base64,AAAA" alt="Katt"></p>', "picture-source"),
    ],
)
def test_is_remarked_upon(html, rule):
    assert rules(html) == [rule]


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p></p>",
        "<h2>Öppet</h2><h3>Sommar</h3><p>Text.</p><h2>Stängt</h2><h3>Vinter</h3><p>Text.</p>",
        "<h2>Vad gör <strong>du</strong>?</h2><p>Text.</p>",
        # Bold that is no heading.
        "<p><strong>Ring 112.</strong></p><p>Text.</p>",
        "<p><strong>Ring 112</strong></p><p>Text.</p>",
        "<p><strong>Det är aldrig ditt fel!</strong></p><p>Text.</p>",
        "<p><strong>Chrome:</strong> öppna menyn.</p><p>Text.</p>",
        "<p>Text.</p><p><strong>Välkommen till oss</strong></p>",
        "<ul><li><p><strong>Östhammar</strong></p></li><li><p>Rimbo</p></li></ul>",
        # Links that say where they lead.
        '<p><a href="/kontakt/">Kontakta oss</a>, <a href="mailto:a@b.se">a@b.se</a></p>',
        '<p><a href="tel:112">112</a> <a href="https://1177.se">1177.se</a></p>',
        '<p><a href="/a/">Läs mer om föräldraskapsstöd</a></p>',
        '<p>Här hittar du mer. <a href="/a/">Här bor vi</a></p>',
        '<p><a href="/m/plan.pdf">Åtgärdsplan (pdf, 2 MB)</a></p>',
        '<p><a href="/m/mall.docx">Mall i Word</a></p>',
        '<p><a href="https://exempel.se/om.html">Om oss</a></p>',
        '<p><a href="/a/">Stöd</a> <a href="/a">stöd</a> <a href="/a/#mer">Stöd</a></p>',
        '<p><a href="/a/"><img src="bild:3"></a></p>',
        '<p><img src="bild:12"></p>',
        # Tables as they should be.
        TABLE.format(HEADED + ROW),
        TABLE.format(
            "<tr><th></th><th>Tid</th></tr><tr><th>Måndag</th><td>9</td></tr><tr><th>Tisdag</th><td>10</td></tr>"
        ),
        TABLE.format("<tr><th>Måndag</th><td>9</td></tr><tr><th>Tisdag</th><td>10</td></tr>"),
        TABLE.format(
            "<tr><th><p>Dag</p></th><th><p>Tid</p></th></tr><tr><td><p>Måndag</p></td><td><p></p></td></tr>"
        ),
    ],
)
def test_is_left_in_peace(html):
    assert read(html) == []


@pytest.mark.parametrize(
    ("html", "level"),
    [
        ("<h3>Öppettider</h3>", Level.ERROR),
        ("<h2></h2>", Level.ERROR),
        ('<p><a href="/"></a></p>', Level.ERROR),
        (TABLE.format(ROW * 2), Level.ERROR),
        (TABLE.format("<tr><th>Dag</th><th></th></tr>" + ROW), Level.ERROR),
        ('<p><img src="x.jpg"></p>', Level.ERROR),
        ('<p><a href="/">Läs mer</a></p>', Level.WARNING),
        (TABLE.format(HEADED), Level.WARNING),
    ],
)
def test_only_what_shuts_somebody_out_is_an_error(html, level):
    (remark,) = read(html)
    assert remark.level == level


def test_the_sentence_quotes_the_place_and_says_what_to_do():
    (remark,) = read("<h3>Öppettider i påsk</h3>")
    assert remark.sentence == (
        "Underrubriken ”Öppettider i påsk” (rubrik 3) har ingen rubrik 2 över sig. "
        "Gör den till rubrik 2."
    )
    assert remark.place == "här"


def test_a_long_quotation_is_cut_between_words():
    (remark,) = read(f"<h3>{'Övergripande samverkan ' * 10}</h3>")
    assert "”Övergripande samverkan Övergripande samverkan …”" in remark.sentence


def test_text_below_a_heading_of_its_own_may_begin_with_a_smaller_one():
    assert rules("<h3>Öppettider</h3>", under_heading=True) == []


def test_a_heading_above_in_another_text_of_the_page_counts():
    texts = [
        Text("rubrik", "Hitta hit", Kind.HEADING),
        Text("text", "<h3>Med buss</h3><p>Ta buss 676.</p>", Kind.HTML),
    ]
    assert proofread(texts) == []
    assert [remark.place for remark in proofread(texts[1:])] == ["text"]
    body = Text("brödtext", "<h2>Hitta hit</h2>", Kind.HTML)
    assert proofread([body, texts[1]]) == []
    # A heading that the page prints above one text is not above the next.
    assert proofread([body._replace(value="<p>Text.</p>", under_heading=True), texts[1]]) != []


def test_one_link_text_with_two_targets_in_two_texts_is_remarked_upon_at_the_second():
    texts = [
        Text(place, f'<p><a href="/{place}/">Föräldrastöd</a></p>', Kind.HTML)
        for place in ("ett", "två", "tre")
    ]
    assert [(r.rule, r.place) for r in proofread(texts)] == [
        ("link-same-text", "två"),
        ("link-same-text", "tre"),
    ]


def test_errors_come_first():
    found = read('<p><a href="/">Läs mer</a></p><h2></h2>')
    assert [remark.level for remark in found] == [Level.ERROR, Level.WARNING]


@pytest.mark.parametrize(
    "html", ["<p>Öppet <b>men", "</p></td>text", "<tr><td>x</td></tr>", "<a>text", "&nbsp;&#0;<"]
)
def test_broken_html_breaks_nothing(html):
    read(html)
