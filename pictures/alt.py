"""What is no description of a picture. Each rule answers with a sentence that says what to write instead."""

import re

from django.utils.translation import gettext_lazy as _

EXAMPLE = _("Exempel: Två fältsamordnare pratar med en ungdom vid stationen.")
FILE_NAME = re.compile(
    r"^\S*\.(?:jpe?g|png|webp|gif|heic|heif|tiff?|bmp|avif|svg|pdf)$"
    # What cameras, phones and programs call their files: IMG_1234, DSC0001, bild1, Skärmbild 2026-03-01.
    r"|^(?:img|dsc[nf]?|pxl|mvimg|cimg|p|wp|image|picture|photo|pic|bild|foto|fil|kopia|namnlös|namnlos|"
    r"untitled|scan|screenshot|skärmbild|skärmavbild|skarmbild|skarmavbild|whatsapp image)"
    r"[\W_]*\d[\d\W_a-z]{0,24}$",
    re.IGNORECASE,
)
EMPTY_START = re.compile(
    r"^\W*(?:(?:en|ett|det här är en|detta är en)\s+)?(?:bild|bilden|foto|fotot|fotografi|fotografiet|"
    r"illustration|illustrationen|skärmbild)(?:\s+(?:på|av|från|över|föreställande)\b|"
    r"\s*(?:som\s+)?(?:visar|föreställer)\b)",
    re.IGNORECASE,
)


def problem_with_alt(alt, file_name=""):
    """A sentence about what is wrong with ``alt``, or None. ``file_name`` is what the upload was called."""
    text = alt.strip()
    letters = sum(sign.isalpha() for sign in text)
    if FILE_NAME.match(text) or (file_name and text.casefold() in _names_of(file_name)):
        problem = _("Det här är ett filnamn. Skriv vad bilden visar i stället.")
    elif text and not letters:
        problem = _("Skriv med ord vad bilden visar, inte bara siffror och tecken.")
    elif letters < 3:
        problem = _("Bildbeskrivningen är för kort. Skriv vad bilden visar, med minst ett ord.")
    elif EMPTY_START.match(text):
        problem = _(
            "Börja med det bilden visar. Den som lyssnar på sidan får redan veta att det är en bild."
        )
    else:
        return None
    return f"{problem} {EXAMPLE}"


def _names_of(file_name):
    name = file_name.replace("\\", "/").rpartition("/")[2].casefold()
    return {name, name.rpartition(".")[0]} - {""}
