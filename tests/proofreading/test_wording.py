"""Sentences, LIX, capitals, languages and words. What is right in Swedish is left in peace."""

import pytest

from proofreading.texts import Kind, Level
from tests.proofreading.reading import read, rules

#: 30 words.
LONGEST = " ".join(["Vi", *["går"] * 28, "hem."])
HARD = "Samverkansplattformarna samordnar brottsförebyggande trygghetsarbete kommunövergripande. "


def p(text):
    return f"<p>{text}</p>"


# --- Sentences and paragraphs ---------------------------------------------------------------------


def test_a_sentence_may_have_thirty_words():
    assert rules(p(LONGEST)) == []
    (remark,) = read(p("Först " + LONGEST))
    assert remark.rule == "sentence-long"
    assert "”Först Vi går" in remark.sentence
    assert "har 31 ord" in remark.sentence
    assert remark.level is Level.WARNING


@pytest.mark.parametrize(
    "joined",
    [
        "Vi {} hos t.ex. Tiohundra och {} hem.",
        "Vi {} kl. 19 och {} hem.",
        "Vi {} bl.a. Rimbo, Hallstavik m.fl. orter och {} hem.",
        "Vi {} med J. Åberg och {} hem.",
        "Vi {} med dr. Öberg och {} hem.",
        "Vi {} den 3 maj kl. 9.30–11.00 och {} hem.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(joined):
    text = joined.format("går " * 14, "går " * 14)
    assert rules(p(text)) == ["sentence-long"]


@pytest.mark.parametrize("stop", [". ", "? ", "! ", ".” ", "… ", ".<br>", " <br>", ". ”", ". – "])
def test_what_ends_a_sentence(stop):
    half = "Vi " + "går " * 18 + "hem"
    assert rules(p(half + stop + half + ".")) == []


def test_every_point_of_a_list_is_read_by_itself():
    points = "<li>Ett förmöte, där deltagarna planerar vandringen</li>" * 12
    assert rules(f"<ul>{points}</ul>") == []
    assert rules(f"<p>{points}</p>".replace("<li>", "").replace("</li>", ", ")) == ["sentence-long"]


def test_a_paragraph_may_have_120_words():
    assert rules(p("Vi går hem nu. " * 30)) == []
    assert rules(p("Vi går hem nu. " * 30 + "Hej.")) == ["paragraph-long"]


# --- LIX ------------------------------------------------------------------------------------------


def test_lix_is_reported_with_its_number_from_a_hundred_words():
    (remark,) = read(p(HARD * 10) * 2)
    assert remark.rule == "lix"
    assert "LIX är 105" in remark.sentence  # 5 words a sentence, 100 per cent long
    assert rules(p(HARD * 19)) == []


def test_easy_text_has_no_remark_on_lix():
    assert rules(p("Vi går hem nu. Du kan ringa oss. ") * 20) == []


def test_soft_hyphens_do_not_change_what_is_read():
    plain = p(HARD * 20)
    assert read(plain.replace("samordnar", "sam\u00adordnar")) == read(plain)
    assert rules(p("Du er\u00adhåller svar.")) == ["official-word"]


# --- Capitals -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["VIKTIGT!", "Läs DETTA först.", "ÄNDRADE TIDER I ÖSTHAMMAR."])
def test_shouting_is_remarked_upon(text):
    assert rules(p(text)) == ["capitals"]


@pytest.mark.parametrize(
    "text",
    [
        "ANDT och ANDTS-arbete hos BRIS, KSON, IMY och UNICEF.",
        "Skriv till INFO@EXEMPEL.SE eller läs på WWW.EXEMPEL.SE.",
        "WCAG 2.2, EN301549 och AB12345C.",
        "TiNK arbetar med iKomet och ABC.",
    ],
)
def test_abbreviations_are_left_in_peace(text):
    assert rules(p(text)) == []


# --- Languages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You can translate these pages in your own browser.", "engelska"),
        ("Call the number at the top of every page.", "engelska"),
        ("Voit käyttää suomea, kun olet yhteydessä kuntaan.", "finska"),
        ("Rufen Sie uns an, wenn Sie nicht sicher sind.", "tyska"),
        ("يمكنك ترجمة هذه الصفحات في متصفحك", "arabiska"),
        ("Ви можете перекласти ці сторінки", "ryska eller ukrainska"),
    ],
)
def test_another_language_must_be_marked(text, language):
    (remark,) = read(p(text))
    assert remark.rule == "language-unmarked"
    assert f"ser ut att vara på {language}." in remark.sentence
    for marked in (f'<p lang="xx">{text}</p>', f'<p>Hej. <span lang="xx-YY">{text}</span></p>'):
        assert read(marked) == []


@pytest.mark.parametrize(
    "text",
    [
        "Vi kan be er att bo i en by.",
        "Programmet heter Communities That Care och kommer från USA.",
        "Boken ”The Art of War” finns på biblioteket.",
        "Ja, det är på gång. On är inget svenskt ord.",
        "Det var för den som har ett barn.",
        "Alla är välkomna till Sankt Ansgars kapell.",
        "Kontakta Aino Virtanen på Suomi-talo.",
        "Der Spiegel och Die Zeit skrev om det.",
        "Fara in i dimman.",
    ],
)
def test_swedish_with_foreign_names_is_left_in_peace(text):
    assert rules(p(text)) == []


def test_parts_marked_as_another_language_are_left_out_of_the_swedish_rules():
    english = "We shall erhålla feedback. " + "WORDS " + "and more words " * 20
    assert read(f'<div lang="en"><p>{english}</p></div>') == []
    assert read(p(f'Hej. <span lang="en">{english}</span>')) == []
    # Marked as Swedish inside another language is Swedish again.
    inside = '<p lang="en">Say <span lang="sv">erhålla</span></p>'
    assert rules(inside) == ["official-word"]
    # What a text is built of is checked in every language.
    assert rules('<h3 lang="en">Opening hours</h3>') == ["heading-order"]


# --- Words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Du erhåller svar.", "”erhåller” är kanslispråk. Skriv hellre ”får”."),
        (
            "Ni kan inkomma  med svar.",
            "”inkomma med” är kanslispråk. Skriv hellre ”lämna” eller ”skicka”.",
        ),
        ("I syfte att lära.", "”I syfte att” är kanslispråk. Skriv hellre ”för att”."),
        ("Vi beaktar det.", "”beaktar” är kanslispråk. Skriv hellre ”tar hänsyn till”."),
        ("Det föreligger hinder.", "”föreligger” är kanslispråk. Skriv hellre ”finns”."),
        ("Härmed bekräftas det.", "”Härmed” är kanslispråk. Stryk ordet."),
        ("Ge oss feedback.", "Här säger vi ”synpunkt”. Byt ut ”feedback”."),
        ("Mot doping.", "Här säger vi ”dopning”. Byt ut ”doping”."),
        ("Skriv din mailadress.", "Här säger vi ”e-postadress”. Byt ut ”mailadress”."),
        ("Tink samordnar.", "Här säger vi ”TiNK”. Byt ut ”Tink”."),
    ],
)
def test_words_to_change_are_quoted_with_what_to_write(text, sentence):
    (remark,) = read(p(text))
    assert remark.sentence == sentence
    assert remark.level is Level.WARNING


@pytest.mark.parametrize(
    "text",
    [
        "Vi är rörande överens.",
        "I detta avseende gör vi lika.",
        "Webbplatsen har inga kakor (cookies).",
        "Antidopingbyrån och eventuellt Dopingjouren.",
        "Skriv till feedback@exempel.se eller läs exempel.se/feedback.",
        "Skallen gör ont. Sallad. Beaktansvärt. Fordringar.",
        "TiNK och iKomet.",
        "TiNK:s roll. Avsett för barn.",
    ],
)
def test_words_that_only_look_alike_are_left_in_peace(text):
    assert rules(p(text)) == []


def test_a_word_that_says_nothing_is_to_be_left_out():
    assert rules(p("Härmed bekräftas det.")) == ["official-filler"]


def test_a_word_is_remarked_upon_once_in_a_text():
    assert rules(p("Alla erhåller. Ni Erhåller.") + p("Vi erhåller.")) == ["official-word"]


def test_words_are_found_in_headings_cells_and_plain_text_too():
    assert rules("<h2>Samtliga kurser</h2>") == ["official-word"]
    assert rules("<table><tr><th>Dag</th></tr><tr><td>Feedback</td></tr></table>") == [
        "table-single",
        "glossary",
    ]
    for kind in (Kind.TITLE, Kind.LEAD, Kind.HEADING, Kind.LINE):
        assert rules("Samtliga kurser", kind) == ["official-word"]


# --- Titles and introductions ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (Kind.TITLE, "Trygghetsvandring i Rimbo.", ["title-stop"]),
        (Kind.HEADING, "Så här gör du.", ["title-stop"]),
        (Kind.TITLE, "Trygghetsvandring i Rimbo", []),
        (Kind.TITLE, "Vad händer sen?", []),
        (Kind.TITLE, "Alkohol, tobak m.m.", []),
        (Kind.TITLE, "Kurser, träffar osv.", []),
        (Kind.LINE, "Första måndagen varje månad.", []),
        (Kind.TITLE, "Ö" * 80, []),
        (Kind.LEAD, "Å" * 300, []),
        (Kind.LEAD, "Å" * 301, ["lead-long"]),
        (Kind.LEAD, "Vi hjälper dig.", []),
    ],
)
def test_titles_and_introductions(kind, text, expected):
    found = [rule for rule in rules(text, kind) if rule != "capitals"]
    assert found == expected


def test_a_long_title_is_remarked_upon():
    assert rules("Trygga " * 11 + "hem och gårdar", Kind.TITLE) == ["title-long"]


def test_plain_text_is_not_read_as_html():
    assert rules("<h3>a < b", Kind.LINE) == []
