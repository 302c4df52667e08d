"""load_portal builds the portal from the content files, again and again, and never undoes what staff did."""

import io
import shutil

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import timezone

from activities.models import GoalArea
from goals.models import Award, Goal
from organisation.models import Headcount, Helpline, Person
from pages.models import Page, PageSection
from pictures.models import Picture
from platforms.models import Platform
from publishing import reviews
from tink_portal.models import LoadedItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(settings, tmp_path):
    """A copy of the content files that a test may change, and a media folder of its own."""
    folder = tmp_path / "content"
    shutil.copytree(settings.CONTENT_DIR, folder)
    settings.CONTENT_DIR = folder
    settings.MEDIA_ROOT = tmp_path / "media"
    return folder


def test_every_new_page_gets_a_date_for_its_review(content):
    load()
    due = reviews.months_later(timezone.localdate(), 12)
    assert Page.objects.count() == Page.objects.filter(review_on=due).count() > 10
    sooner = reviews.months_later(timezone.localdate(), 6)
    assert GoalArea.objects.filter(is_sensitive=False).exclude(review_on=sooner).count() == 0


def load(*options):
    """{what became of the rows: how many} as the command tells it."""
    output = io.StringIO()
    call_command("load_portal", *options, stdout=output)
    lines = [line.split(None, 1) for line in output.getvalue().splitlines()]
    return {words: int(number) for number, words in lines if number.isdigit()}


def rewrite(folder, name, old, new):
    path = folder / f"{name}.toml"
    text = path.read_text()
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new))


def snapshot():
    """Every row of every model that the files fill, as the database holds it (but for the time of saving)."""
    labels = set(LoadedItem.objects.values_list("model", flat=True))
    return {
        label: [
            {name: value for name, value in row.items() if name != "changed_at"}
            for row in apps.get_model(label)._base_manager.order_by("pk").values()
        ]
        for label in sorted(labels)
    }


def files_in(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_the_first_time(content):
    result = load()
    assert set(result) == {"nya"}
    assert result["nya"] == LoadedItem.objects.count() > 80
    assert Platform.objects.published().count() == 4
    assert GoalArea.objects.published().count() == 7
    assert Goal.objects.count() == 3
    assert Award.objects.filter(kind="nominering").count() == 1
    assert Headcount.objects.get().full_time == 12
    assert Page.objects.get(path="/verksamheten/").content_changed_on.isoformat() == "2022-01-17"


def test_no_address_of_a_person_is_made_up(content):
    load()
    emails = [*Person.objects.values_list("email", flat=True)]
    assert emails
    assert [email for email in emails if not email.endswith(".example")] == []
    assert not Person.objects.exclude(name="").exists()


def test_the_second_time_changes_nothing(content, settings):
    created = load()["nya"]
    before, files = snapshot(), files_in(settings.MEDIA_ROOT)
    assert load() == {"oförändrade": created}
    assert snapshot() == before
    assert files_in(settings.MEDIA_ROOT) == files


def test_a_dry_run_saves_nothing_and_no_files(content, settings):
    result = load("--dry-run")
    assert result["nya"] > 80
    assert not LoadedItem.objects.exists()
    assert not Page.objects.exists()
    assert files_in(settings.MEDIA_ROOT) == []
    assert load() == result


def test_a_dry_run_says_what_would_happen(content):
    created = load()["nya"]
    rewrite(content, "goals", 'text = "Bli Sveriges tryggaste kommun"', 'text = "Bli tryggast"')
    assert load("--dry-run") == {"oförändrade": created - 1, "uppdaterade": 1}
    assert not Goal.objects.filter(text="Bli tryggast").exists()


def test_what_staff_changed_stays(content):
    created = load()["nya"]
    Page.objects.filter(path="/kontakt/").update(introduction="Skrivet av redaktionen.")
    section = PageSection.objects.filter(page__path="/verksamheten/").first()
    section.text = "<p>Skrivet av redaktionen.</p>"
    section.save()
    rewrite(content, "pages", "Här når du Trygg i Norrtälje kommun.", "Ny text i filen.")
    assert load() == {"oförändrade": created - 2, "ändrade av redaktionen": 2}
    assert Page.objects.get(path="/kontakt/").introduction == "Skrivet av redaktionen."
    section.refresh_from_db()
    assert section.text == "<p>Skrivet av redaktionen.</p>"


def test_relations_that_staff_changed_stay(content):
    load()
    area = GoalArea.objects.get(slug="andt")
    area.helplines.set(Helpline.objects.filter(number="112"))
    assert load()["ändrade av redaktionen"] == 1
    assert [line.number for line in area.helplines.all()] == ["112"]


def test_what_staff_deleted_stays_away(content):
    created = load()["nya"]
    Award.objects.filter(year=2013).delete()
    PageSection.objects.filter(page__path="/om-webbplatsen/", order=20).delete()
    assert load() == {"oförändrade": created - 2, "borttagna av redaktionen": 2}
    assert not Award.objects.filter(year=2013).exists()
    assert not PageSection.objects.filter(page__path="/om-webbplatsen/", order=20).exists()


def test_a_deleted_page_takes_its_sections_with_it(content):
    load()
    page = Page.objects.get(path="/om-webbplatsen/oversattning/")
    page.delete()
    load()
    assert not Page.objects.filter(path="/om-webbplatsen/oversattning/").exists()


def test_a_deleted_helpline_stops_nobody(content):
    """It is named in the files of other rows."""
    load()
    Helpline.objects.get(name="Bris").delete()
    load()
    assert not Helpline.objects.filter(name="Bris").exists()


def test_rows_that_nobody_touched_follow_the_files(content):
    created = load()["nya"]
    rewrite(content, "pages", "Här når du Trygg i Norrtälje kommun.", "Ny text i filen.")
    rewrite(content, "organisation", "full_time = 12", "full_time = 13")
    rewrite(content, "platforms", 'slug = "tink-radet"', 'slug = "radet"')
    rewrite(content, "activities", 'helplines = ["bris"]', 'helplines = ["112", "bris"]')
    assert load() == {"oförändrade": created - 4, "uppdaterade": 4}
    assert Page.objects.get(path="/kontakt/").introduction == "Ny text i filen."
    assert Headcount.objects.get().full_time == 13
    assert Platform.objects.filter(slug="radet").exists()
    area = GoalArea.objects.get(slug="faltsamordnare")
    assert {line.number for line in area.helplines.all()} == {"112", "116 111"}
    # And a file that is changed back is followed back.
    rewrite(content, "organisation", "full_time = 13", "full_time = 12")
    assert load() == {"oförändrade": created - 1, "uppdaterade": 1}


def test_a_new_row_in_a_file_is_added(content):
    created = load()["nya"]
    path = content / "goals.toml"
    path.write_text(
        path.read_text() + '\n[["goals.Goal"]]\nkey = "ny"\ntext = "Ett nytt mål"\norder = 40\n'
    )
    assert load() == {"oförändrade": created, "nya": 1}


def test_a_changed_picture_keeps_its_file_and_takes_its_words(content):
    load()
    before = Picture.objects.get(title="Tre ansikten").file.name
    rewrite(
        content,
        "pictures",
        'alt = "Tre ansikten på leende människor."',
        'alt = "Tre glada ansikten."',
    )
    assert load()["uppdaterade"] == 1
    picture = Picture.objects.get(title="Tre ansikten")
    assert (picture.file.name, picture.alt) == (before, "Tre glada ansikten.")


def test_imported_text_is_cleaned(content):
    rewrite(
        content,
        "pages",
        "<p>Många olika aktörer",
        "<p><script>alert(1)</script>Många olika aktörer",
    )
    load()
    assert not PageSection.objects.filter(text__contains="<script").exists()


def test_a_name_that_no_file_has_is_told_clearly(content):
    rewrite(content, "activities", 'helplines = ["bris"]', 'helplines = ["brus"]')
    with pytest.raises(KeyError, match=r"organisation\.Helpline med nyckeln 'brus' finns inte"):
        load()


def test_all_or_nothing(content):
    rewrite(
        content,
        "pages",
        'parent = "om-webbplatsen"\nintroduction = "När',
        'parent = "x"\nintroduction = "När',
    )
    with pytest.raises(KeyError, match=r"pages\.Page med nyckeln 'x' finns inte"):
        load()
    assert not LoadedItem.objects.exists()
    assert not Person.objects.exists()
