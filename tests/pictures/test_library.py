"""The picture library as editors meet it: found, described, cropped, and shown only as long as it may be."""

import errno
import io
from datetime import date

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from pictures.models import Picture
from publishing.usage import uses_of
from tests.crawl import Fetched
from tests.factories import CONTENT_FACTORIES, make_area, make_news, make_page
from tests.pictures.files import encoded, make_picture

pytestmark = pytest.mark.django_db

LIST = reverse("admin:pictures_picture_changelist")
TODAY = "2026-11-22T12:00:00+01:00"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def change_url(picture):
    return reverse("admin:pictures_picture_change", args=[picture.pk])


def sent(**values):
    base = {"title": "Bild", "alt": "Två poliser på torget", "credit": "T", "licence": "MIT"}
    return base | {"focal_x": 50, "focal_y": 50} | values


def upload(name="x.png", **options):
    return SimpleUploadedFile(name, encoded(**options), content_type="image/png")


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


# --- Bildbeskrivning -------------------------------------------------------------------------------

FILE_NAME, EMPTY, SHORT, DIGITS = (
    "filnamn",
    "Börja med det bilden visar",
    "för kort",
    "bara siffror",
)


@pytest.mark.parametrize(
    ("alt", "sentence"),
    [
        *[
            (alt, FILE_NAME)
            for alt in (
                *(
                    "IMG_1234.jpg",
                    "IMG_1234",
                    "bild1.png",
                    "bild1",
                    "Bild 1",
                    "DSC0001",
                    "DSCF-0001",
                ),
                *(
                    "PXL_20260301_120000",
                    "Skärmbild 2026-03-01",
                    "foto.JPEG",
                    "hamnen.webp",
                    "P1010001",
                ),
            )
        ],
        *[
            (alt, EMPTY)
            for alt in (
                *("Bild på två poliser", "bild av fyren", "Foto på fyren", "Ett foto av fyren"),
                *(
                    "En bild som visar fyren",
                    "Bilden visar fyren",
                    "en bild på fyren",
                    "Illustration av en båt",
                ),
            )
        ],
        *[(alt, SHORT) for alt in ("y", "ab", "å 1")],
        *[(alt, DIGITS) for alt in ("12345", "20260301_1", "…")],
    ],
)
def test_what_is_no_description_is_refused(editor, alt, sentence):
    response = editor.post(reverse("admin:pictures_picture_add"), sent(alt=alt, file=upload()))
    (error,) = response.context["adminform"].form.errors["alt"]
    assert sentence in error
    assert "Exempel: Två fältsamordnare" in error
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "alt",
    [
        "Två fältsamordnare pratar med en ungdom.",
        "Bildäck på återvinningen",
        "Bilder av barn på en anslagstavla",
        "Fotograf på torget",
        "Fotboll",
        "Ö med fyr",
        "Skärmbilden ligger på bordet",
        "P-huset 2 vid stationen",
        "Ett diagram: 12 av 100 känner sig otrygga",
        "Illustrerad karta",
    ],
)
def test_what_is_a_description_is_let_through(editor, alt):
    assert (
        editor.post(reverse("admin:pictures_picture_add"), sent(alt=alt, file=upload())).status_code
        == 302
    )


@pytest.mark.parametrize("alt", ["fyren-vid-havet.png", "Fyren-vid-havet"])
def test_the_name_of_the_uploaded_file_is_refused(editor, alt):
    file = upload("fyren-vid-havet.png")
    response = editor.post(reverse("admin:pictures_picture_add"), sent(alt=alt, file=file))
    assert FILE_NAME in response.context["adminform"].form.errors["alt"][0]


# --- Finding ---------------------------------------------------------------------------------------


def found(client, **query):
    return {row.title for row in client.get(LIST, query).context["cl"].result_list}


@time_machine.travel(TODAY, tick=False)
def test_consent_is_told_in_words_and_can_be_looked_for(editor):
    dates = {
        "Slut": date(2026, 11, 21),
        "Idag": date(2026, 11, 22),
        "Snart": date(2026, 12, 22),
        "Länge": date(2026, 12, 23),
        "Inget": None,
    }
    for title, until in dates.items():
        make_picture(title=title, consent_until=until)
    said = {picture.title: str(picture.consent_in_words) for picture in Picture.objects.all()}
    assert said == {
        "Slut": "Visas inte. Samtycket slutade 21 november 2026",
        "Idag": "Slutar snart: får visas till och med 22 november 2026",
        "Snart": "Slutar snart: får visas till och med 22 december 2026",
        "Länge": "Får visas till och med 23 december 2026",
        "Inget": "Får visas utan slutdatum",
    }
    assert found(editor, samtycke="snart") == {"Idag", "Snart"}
    assert found(editor, samtycke="slut") == {"Slut"}
    assert found(editor, samtycke="inget") == {"Inget"}
    assert len(found(editor, samtycke="annat")) == 5
    page = editor.get(LIST).content.decode()
    assert all(words in page for words in said.values())


def test_what_is_not_used_can_be_looked_for(editor):
    make_page(lead_picture=make_picture(title="På sida"))
    make_area(lead_picture=make_picture(title="På utkast"), status="utkast")
    make_picture(title="I galleriet", in_gallery=True)
    make_picture(title="Ledig")
    assert found(editor, anvands="nej") == {"Ledig"}
    assert found(editor, anvands="ja") == {"På sida", "På utkast", "I galleriet"}
    assert found(editor, anvands="galleri") == {"I galleriet"}
    assert len(found(editor)) == 4
    page = editor.get(LIST).content.decode()
    assert page.count('field-place">På sidor<') == 2
    assert page.count('field-place">I bildgalleriet<') == 1
    assert page.count('field-place">Används inte<') == 1


def test_decorative_can_be_looked_for(editor):
    make_picture(title="Mönster", alt="", is_decorative=True)
    make_picture(title="Fyr")
    assert found(editor, beskrivning="dekorativ") == {"Mönster"}
    assert found(editor, beskrivning="beskriven") == {"Fyr"}


@pytest.mark.parametrize("field", ["title", "alt", "caption", "credit"])
def test_search(editor, field):
    make_picture(**{field: "Roslagens fyr"})
    make_picture(title="Annan")
    assert len(found(editor, q="roslagens")) == 1


@pytest.mark.parametrize("make", CONTENT_FACTORIES)
def test_uses_of_a_picture(make):
    picture, other = make_picture(), make_picture()
    live = make(title="Aaa", lead_picture=picture)
    draft = make(title="Bbb", lead_picture=picture, status="utkast")
    make(lead_picture=other)
    assert uses_of(picture) == [(live, "publicerad"), (draft, "utkast")]
    assert uses_of(make_picture()) == []


def test_the_form_says_where_the_picture_is_used(editor):
    picture = make_picture(in_gallery=True)
    page = make_page(title="Trygghet hemma", lead_picture=picture)
    text = editor.get(change_url(picture)).content.decode()
    assert f'/admin/pages/page/{page.pk}/change/">Trygghet hemma</a> (sida, publicerad)' in text
    assert "Fler bilder från Norrtälje" in text
    assert "Ingen sida använder den." in editor.get(change_url(make_picture())).content.decode()


# --- The most important point -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("x", "y", "classes"),
    [
        (0, 100, "focal-x-0 focal-y-100"),
        (44, 45, "focal-x-40 focal-y-50"),
        (95, 4, "focal-x-100 focal-y-0"),
    ],
)
def test_a_tall_picture_is_cropped_around_its_most_important_point(client, x, y, classes):
    picture = make_picture(encoded(size=(60, 90)), focal_x=x, focal_y=y)
    page = make_page(lead_picture=picture)
    (image,) = Fetched("", client.get(page.get_absolute_url())).all("img")
    assert image.get("class") == f"cropped {classes}"


def test_every_class_has_a_rule(settings):
    css = (settings.BASE_DIR / "static/css/components/focal.css").read_text()
    for value in range(101):
        for name in Picture(focal_x=value, focal_y=value).focal_classes.split():
            percent = name.rpartition("-")[2]
            assert f".{name} {{ --{name.rpartition('-')[0]}: {percent}%; }}" in css


@pytest.mark.parametrize("size", [(90, 60), (1440, 640)])
def test_a_wide_picture_is_shown_whole(client, size):
    page = make_page(lead_picture=make_picture(encoded(size=size)))
    (image,) = Fetched("", client.get(page.get_absolute_url())).all("img")
    assert image.get("class") is None


def test_the_point_is_a_percentage(editor):
    response = editor.post(
        reverse("admin:pictures_picture_add"), sent(focal_x=101, focal_y=-1, file=upload())
    )
    assert set(response.context["adminform"].form.errors) == {"file", "focal_x", "focal_y"}


# --- Narrower copies --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "copies"), [(480, []), (481, [480]), (1440, [480, 960]), (2000, [480, 960, 1440])]
)
def test_a_wide_picture_has_narrower_copies(client, media, width, copies):
    picture = make_picture(encoded("JPEG", size=(width, 300)))
    assert picture.copies == copies
    assert len(files_in(media)) == 1 + len(copies)
    offers = [offer.split() for offer in picture.srcset.split(", ") if offer]
    assert [size for _address, size in offers] == [
        f"{wide}w" for wide in ([*copies, width] if copies else [])
    ]
    for address, size in offers[:-1]:
        response = client.get(address)
        assert response["Content-Type"] == "image/webp"
        with Image.open(io.BytesIO(response.getvalue())) as image:
            assert f"{image.width}w" == size
            assert image.height == round(300 * image.width / width)


def test_the_copies_carry_no_more_than_the_picture(media):
    exif = Image.Exif()
    exif[0x010F] = "HemligKamera"
    make_picture(encoded("JPEG", size=(1000, 700), exif=exif))
    for path in media.rglob("*.webp"):
        assert b"Hemlig" not in path.read_bytes()
    assert len(list(media.rglob("*.webp"))) == 2


def test_a_copy_that_was_not_made_is_a_404(client):
    picture = make_picture(encoded(size=(500, 300)))
    for width in ("960", "1440", "999", "0480"):
        address = picture.get_file_url().replace(".png", f"-{width}.webp")
        assert client.get(address).status_code == 404


def test_a_page_offers_the_copies(client):
    picture = make_picture(encoded(size=(1000, 700)))
    (image,) = Fetched("", client.get(make_page(lead_picture=picture).get_absolute_url())).all(
        "img"
    )
    assert image.get("srcset") == picture.srcset
    assert image.get("sizes")


# --- Consent, everywhere ----------------------------------------------------------------------------


@pytest.mark.parametrize("make", CONTENT_FACTORIES)
def test_a_picture_leaves_every_kind_of_page(client, make):
    picture = make_picture(
        encoded(size=(1000, 700)), consent_until=date(2026, 11, 22), credit="Fotografen Ek"
    )
    page = make(lead_picture=picture, slug="sidan")
    stem = picture.file.name.rpartition("/")[2].partition(".")[0]
    for moment, shown in ((TODAY, True), ("2026-11-23T00:10:00+01:00", False)):
        with time_machine.travel(moment, tick=False):
            text = client.get(page.get_absolute_url()).content.decode()
            assert (stem in text) is shown
            assert ("Fotografen Ek" in text) is shown


def test_it_leaves_the_start_page_and_the_lists_and_takes_its_copies(client):
    picture = make_picture(
        encoded(size=(1000, 700)), consent_until=date(2026, 11, 22), in_gallery=True
    )
    start = make_page(slug="start", lead_picture=picture)
    start.sections.create(live_list="pictures")
    make_news(lead_picture=picture)
    addresses = [offer.split()[0] for offer in picture.srcset.split(", ")]
    assert len(addresses) == 3
    with time_machine.travel("2026-11-23T12:00:00+01:00", tick=False):
        for page in ("/", "/nyheter/arkiv/", "/sok/?q=rubrik"):
            assert "/bildfil/" not in client.get(page).content.decode()
        assert [client.get(address).status_code for address in addresses] == [404] * 3


# --- Replacing, deleting, failing --------------------------------------------------------------------


def test_replacing_the_file_keeps_where_it_is_used(
    editor, media, django_capture_on_commit_callbacks
):
    picture = make_picture(encoded(size=(1000, 700)))
    page = make_page(lead_picture=picture)
    before = files_in(media)
    assert len(before) == 3
    with django_capture_on_commit_callbacks(execute=True):
        new = upload(size=(600, 400))
        assert editor.post(change_url(picture), sent(file=new)).status_code == 302
    picture.refresh_from_db()
    assert (picture.width, picture.copies) == (600, [480])
    assert uses_of(picture) == [(page, "publicerad")]
    assert picture.get_file_url() in editor.get(page.get_absolute_url()).content.decode()
    assert len(files_in(media)) == 2
    assert not set(before) & set(files_in(media))


def test_saving_without_a_new_file_keeps_the_old_one(editor, media):
    picture = make_picture(encoded(size=(1000, 700)))
    before = files_in(media)
    assert editor.post(change_url(picture), sent(title="Nytt")).status_code == 302
    assert files_in(media) == before
    picture.refresh_from_db()
    assert (picture.title, picture.copies) == ("Nytt", [480, 960])


def test_a_deleted_picture_leaves_no_file(media, django_capture_on_commit_callbacks):
    make_picture(encoded(size=(1000, 700)))
    assert len(files_in(media)) == 3
    with django_capture_on_commit_callbacks(execute=True):
        Picture.objects.all().delete()
    assert files_in(media) == []


def test_a_lost_file_is_told_and_breaks_no_screen(editor, media):
    picture = make_picture(in_gallery=True)
    for path in media.rglob("*.png"):
        path.unlink()
    assert editor.get(LIST).status_code == 200
    assert "Bildfilen saknas på servern" in editor.get(change_url(picture)).content.decode()
    picture.title = "Går att spara"
    picture.full_clean()
    picture.save()


def test_a_picture_whose_consent_has_ended_is_not_in_its_form(editor):
    picture = make_picture(consent_until=date(2020, 1, 1))
    page = editor.get(change_url(picture)).content.decode()
    assert picture.get_file_url() not in page
    assert "Bilden visas ingenstans" in page


def test_a_full_disk_loses_nothing(editor, monkeypatch):
    picture = make_picture()
    stored = picture.file.name

    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fail)
    for address in (reverse("admin:pictures_picture_add"), change_url(picture)):
        response = editor.post(address, sent(title="Min bild", file=upload()))
        page = response.content.decode()
        assert response.status_code == 200
        assert "Filen kunde inte sparas eftersom servern" in page
        assert 'value="Min bild"' in page
    picture.refresh_from_db()
    assert (picture.title, picture.file.name) == ("Bild", stored)


def test_the_loader_and_other_code_is_held_to_the_same_files(media):
    picture = make_picture(encoded(size=(1000, 700)))
    picture.file = ContentFile(encoded(size=(300, 200)), name="y.png")
    picture.save()
    picture.refresh_from_db()
    assert (picture.width, picture.copies) == (300, [])
