"""What becomes of an uploaded picture: only pictures, only ours, and only as long as they may be shown."""

import io
import re
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from PIL import Image, PngImagePlugin

from pictures.models import Picture
from tests.crawl import Fetched
from tests.factories import make_news, make_page
from tests.pictures.files import NOT_A_PICTURE, bad_files, encoded, huge_png, make_picture

pytestmark = pytest.mark.django_db

OWN_NAME = re.compile(r"bilder/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(jpg|png|webp)")
BAD = bad_files()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def unsaved(content, name="x.png"):
    return Picture(
        title="Bild", alt="En bild", credit="T", licence="MIT", file=ContentFile(content, name=name)
    )


def stored(picture):
    with picture.file.open("rb") as file:
        return file.read()


# --- Bad files ---------------------------------------------------------------------------


def test_there_are_twenty():
    assert len(BAD) >= 20


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence(name, media):
    content, sentence = BAD[name]
    with pytest.raises(ValidationError) as error:
        unsaved(content, name).full_clean()
    assert error.value.message_dict["file"] == [sentence]
    with pytest.raises(ValidationError):
        unsaved(content, name).save()
    assert not Picture.objects.exists()
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_bad_file_in_the_admin(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    sent = {"title": "Min bild", "alt": "En bild", "credit": "T", "licence": "MIT"}
    sent |= {"focal_x": 50, "focal_y": 50}
    upload = SimpleUploadedFile("bild.png", b"<svg onload=alert(1)>", content_type="image/png")
    response = client.post(reverse("admin:pictures_picture_add"), sent | {"file": upload})
    assert response.status_code == 200
    assert NOT_A_PICTURE in response.content.decode()
    assert 'value="Min bild"' in response.content.decode()
    good = SimpleUploadedFile("bild.png", encoded(), content_type="image/png")
    assert (
        client.post(reverse("admin:pictures_picture_add"), sent | {"file": good}).status_code == 302
    )
    assert Picture.objects.count() == 1


def test_just_within_the_limits():
    unsaved(huge_png(6000, 4000)).full_clean()  # 24 million exactly
    with pytest.raises(ValidationError, match="24 miljoner"):
        unsaved(huge_png(6000, 4001)).full_clean()


# --- Good files, written anew ----------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_picture_gets_our_own_name_and_ending(kind, ending):
    picture = make_picture(encoded(kind), name="../../Nils Öman 2022 <b>.exe")
    assert OWN_NAME.fullmatch(picture.file.name)
    assert picture.file.name.endswith(ending)
    assert (picture.width, picture.height) == (8, 6)
    with Image.open(io.BytesIO(stored(picture))) as image:
        assert image.format == kind


def test_the_ending_tells_what_the_file_is_whatever_it_was_called():
    assert make_picture(encoded("JPEG"), name="bild.png").file.name.endswith(".jpg")


def test_two_uploads_of_the_same_file_get_two_names():
    assert make_picture().file.name != make_picture().file.name


def with_metadata(kind):
    """A picture 8 wide and 6 high, lying on its side, that tells where and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010F] = "HemligKamera"
    exif[0x8298] = "HemligtNamn"
    exif.get_ifd(0x8825)[2] = (59.0, 45.0, 28.0)
    options = {"exif": exif}
    if kind == "PNG":
        texts = PngImagePlugin.PngInfo()
        texts.add_text("Comment", "HemligText")
        texts.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>HemligXmp</x:xmpmeta>")
        options["pnginfo"] = texts
    elif kind == "JPEG":
        options |= {"comment": b"HemligText", "icc_profile": b"HemligProfil" * 20}
    else:
        options["xmp"] = b"<x:xmpmeta>HemligXmp</x:xmpmeta>"
    return encoded(kind, **options)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_and_camera_are_gone_and_the_picture_stands_upright(kind):
    source = with_metadata(kind)
    assert b"Hemlig" in source
    picture = make_picture(source)
    content = stored(picture)
    assert b"Hemlig" not in content
    with Image.open(io.BytesIO(content)) as image:
        assert dict(image.getexif()) == {}
        assert image.getexif().get_ifd(0x8825) == {}
        assert image.size == (picture.width, picture.height) == (6, 8)
        assert not {"exif", "xmp", "comment", "Comment", "icc_profile"} & set(image.info)


def test_what_was_hidden_behind_the_picture_is_gone():
    content = stored(make_picture(encoded("JPEG") + b"<script>alert(1)</script>PK\x03\x04"))
    assert b"script" not in content
    assert b"PK\x03\x04" not in content


def test_only_the_first_frame_of_a_moving_picture_stays():
    frames = [Image.new("RGB", (8, 6), colour) for colour in ("red", "blue")]
    output = io.BytesIO()
    frames[0].save(output, "WEBP", save_all=True, append_images=frames[1:])
    with Image.open(io.BytesIO(stored(make_picture(output.getvalue())))) as image:
        assert getattr(image, "n_frames", 1) == 1


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGBA", "PNG"), ("LA", "PNG"), ("P", "PNG"), ("CMYK", "JPEG")]
)
def test_every_way_of_keeping_colours(mode, kind):
    picture = make_picture(encoded(kind, mode=mode, colour=None))
    with Image.open(io.BytesIO(stored(picture))) as image:
        assert image.mode in {"RGB", "RGBA"}


def test_saving_again_does_not_write_the_file_again():
    picture = make_picture()
    before = picture.file.name, stored(picture)
    picture.title = "Nytt namn"
    picture.full_clean()
    picture.save()
    assert (picture.file.name, stored(picture)) == before


# --- Described or decorative -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"alt": "", "is_decorative": False}, "Beskriv bilden eller markera den som dekorativ"),
        (
            {"alt": "Text", "is_decorative": True},
            "En dekorativ bild ska inte ha någon bildbeskrivning. Ta bort texten.",
        ),
    ],
)
def test_described_or_decorative(values, sentence):
    picture = make_picture()
    for name, value in values.items():
        setattr(picture, name, value)
    with pytest.raises(ValidationError) as error:
        picture.full_clean()
    assert error.value.message_dict["alt"] == [sentence]
    with pytest.raises(IntegrityError), transaction.atomic():
        picture.save()


def test_a_decorative_picture_says_nothing(client):
    page = make_page(lead_picture=make_picture(alt="", is_decorative=True))
    (image,) = Fetched("", client.get(page.get_absolute_url())).all("img")
    assert image.get("alt") == ""


# --- Shown only as long as there is consent --------------------------------------------


def file_status(client, picture):
    response = client.get(picture.get_file_url())
    response.getvalue()
    return response.status_code


@pytest.fixture
def shown(client):
    """A picture with consent until 10 March, on two pages and in the gallery; and where it can be seen."""
    picture = make_picture(in_gallery=True, consent_until=date(2026, 3, 10), credit="Fotografen Ek")
    gallery = make_page(slug="bilder")
    gallery.sections.create(live_list="pictures", order=1)
    pages = [gallery, make_page(lead_picture=picture), make_news(lead_picture=picture)]
    address = picture.get_file_url()

    def seen():
        return [address in client.get(page.get_absolute_url()).content.decode() for page in pages]

    return picture, seen


def test_on_the_last_day_of_consent(client, shown):
    picture, seen = shown
    with time_machine.travel("2026-03-10T23:30:00+01:00", tick=False):
        assert seen() == [True, True, True]
        assert file_status(client, picture) == 200


def test_the_day_after_it_is_gone_everywhere(client, shown):
    picture, seen = shown
    with time_machine.travel("2026-03-11T00:30:00+01:00", tick=False):  # still the 10th in UTC
        assert seen() == [False, False, False]
        assert file_status(client, picture) == 404
        gallery = Fetched("", client.get("/bilder/"))
        assert "Fotografen Ek" not in gallery.text


def test_staff_are_not_shown_it_either(client, shown, superuser):
    client.force_login(superuser)
    with time_machine.travel("2026-03-11T12:00:00+01:00", tick=False):
        client.force_login(superuser)
        page = client.get(reverse("admin:pictures_picture_changelist")).content.decode()
    assert shown[0].get_file_url() not in page
    assert "Bild" in page


def test_a_picture_without_an_end_of_consent_is_always_shown(client):
    assert file_status(client, make_picture(consent_until=None)) == 200


def test_a_file_is_served_as_nothing_but_a_picture(client):
    picture = make_picture(encoded("JPEG"))
    response = client.get(picture.get_file_url())
    assert response.getvalue() == stored(picture)
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Set-Cookie" not in response
    assert response["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize(
    "name",
    [
        "00000000-0000-0000-0000-000000000000.png",
        "../settings.py",
        "..%2f..%2fportal.sqlite3",
        "00000000-0000-0000-0000-000000000000.html",
        "x.png",
    ],
)
def test_nothing_else_is_served(client, name):
    assert client.get(f"/bildfil/{name}").status_code == 404


def test_a_file_that_lies_there_without_a_row_is_not_served(client, media):
    picture = make_picture()
    address = picture.get_file_url()
    Picture.objects.all().delete()
    assert list(media.rglob("*.png"))
    assert client.get(address).status_code == 404


def test_a_row_whose_file_is_lost_is_a_404(client, media):
    picture = make_picture()
    for path in media.rglob("*.png"):
        path.unlink()
    assert client.get(picture.get_file_url()).status_code == 404


def test_a_picture_in_use_is_not_deleted():
    picture = make_picture()
    make_page(lead_picture=picture)
    with pytest.raises(ProtectedError):
        picture.delete()
