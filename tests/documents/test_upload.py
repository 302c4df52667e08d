"""What may become a document, and what a resident gets: a PDF to save, unless it is withdrawn."""

import errno
import re
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Document
from tests.documents.files import LIMIT, NOT_A_PDF, bad_files, make_document, make_pdf
from tests.factories import make_person

pytestmark = pytest.mark.django_db

OWN_NAME = re.compile(r"dokument/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.pdf")
BAD = bad_files()
ADD = "admin:documents_document_add"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(client, make_staff):
    client.force_login(make_staff("Redaktör"))
    return client


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def sent(upload=None, **values):
    """What an editor's browser sends."""
    base = {
        "title": "Handlingsplan",
        "dated": "2026-03-01",
        "review_on": "2027-03-01",
        "responsible": (make_person()).pk,
        "in_list": "on",
    }
    return base | values | ({"file": upload} if upload else {})


def pdf_named(name, content=None):
    return SimpleUploadedFile(name, content or make_pdf(), content_type="application/pdf")


# --- Bad files ---------------------------------------------------------------------------------------


def test_there_are_twenty():
    assert len(BAD) >= 20


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_a_sentence(name, media):
    content, sentence = BAD[name]
    values = {"dated": date(2026, 3, 1), "review_on": date(2027, 3, 1)}
    document = Document(
        title="X", responsible=make_person(), file=ContentFile(content, name=name), **values
    )
    with pytest.raises(ValidationError) as error:
        document.full_clean()
    assert error.value.message_dict["file"] == [sentence]
    with pytest.raises(ValidationError):
        document.save()
    assert not Document.objects.exists()
    assert files_in(media) == []


def test_a_bad_file_in_the_admin_loses_nothing(editor, media):
    page = SimpleUploadedFile("plan.pdf", b"<script>alert(1)</script>", "application/pdf")
    response = editor.post(reverse(ADD), sent(page))
    assert response.status_code == 200
    assert NOT_A_PDF in response.content.decode()
    assert 'value="Handlingsplan"' in response.content.decode()
    assert files_in(media) == []


def test_an_empty_file_in_the_admin(editor):
    response = editor.post(reverse(ADD), sent(SimpleUploadedFile("plan.pdf", b"")))
    assert "Den skickade filen är tom." in response.content.decode()


def test_a_form_without_a_file_or_dates_says_what_is_missing(editor):
    response = editor.post(reverse(ADD), {"title": "Plan"})
    errors = response.context["adminform"].form.errors
    assert set(errors) == {"file", "dated", "review_on", "responsible"}


def test_just_within_the_limit():
    pdf = make_pdf()
    full = make_pdf(filling=b"%" + b" " * (LIMIT - len(pdf) - 20) + b"\n")
    assert LIMIT - 20 < len(full) <= LIMIT
    assert make_document(full).size == len(full)


# --- Good files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "plan.PDF",
        "../../../etc/cron.d/plan.pdf",
        "C:\\fakepath\\plan.pdf",
        "Åtgärder för öar å.pdf",
        "a" * 200 + ".pdf",
        '"><script>.pdf',
    ],
)
def test_whatever_a_good_file_is_called_it_gets_our_own_name(editor, media, name):
    response = editor.post(reverse(ADD), sent(pdf_named(name)))
    assert response.status_code == 302, response.context["adminform"].form.errors
    document = Document.objects.get()
    assert OWN_NAME.fullmatch(document.file.name)
    assert [path.parent.name for path in files_in(media)] == ["dokument"]
    answer = editor.get(document.get_absolute_url())
    assert answer.getvalue() == make_pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="handlingsplan.pdf"'


def test_a_line_break_in_the_name_reaches_no_header(client):
    document = make_document(name="plan\r\nSet-Cookie: x=1.pdf", title="Plan\r\nSet-Cookie: x=1")
    answer = client.get(document.get_absolute_url())
    answer.getvalue()
    assert OWN_NAME.fullmatch(document.file.name)
    assert answer["Content-Disposition"] == 'attachment; filename="plan-set-cookie-x1.pdf"'
    assert not answer.cookies


def test_size_and_pages_are_read_from_the_file():
    pdf = make_pdf(pages=12)
    document = make_document(pdf)
    assert (document.size, document.pages) == (len(pdf), 12)


def test_pages_in_a_compressed_list_are_unknown():
    """As newer programs write: the table is an object of its own, and the page list lies in a stream."""
    start = b"%PDF-1.7\n"
    table = b"1 0 obj\n<< /Type /XRef /Length 4 >>\nstream\n\0\1\2\3\nendstream\nendobj\n"
    pdf = start + table + b"startxref\n%d\n%%%%EOF" % len(start)
    assert make_document(pdf).pages is None


@pytest.mark.parametrize("title", ["Åtgärdsplan för öar", "…", "日本", "a/../b", "-"])
def test_every_title_has_an_address(client, title):
    response = client.get(make_document(title=title).get_absolute_url())
    assert response.status_code == 200
    response.getvalue()


# --- How it is served --------------------------------------------------------------------------------------


def test_a_document_is_served_as_nothing_but_a_pdf_to_save(client):
    response = client.get(make_document().get_absolute_url())
    response.getvalue()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in response
    assert "Cookie" not in response.get("Vary", "")


def test_what_a_browser_has_is_not_sent_again(client):
    document = make_document()
    first = client.get(document.get_absolute_url())
    first.getvalue()
    again = client.get(document.get_absolute_url(), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    document.file = ContentFile(make_pdf(pages=2), name="ny.pdf")
    document.save()
    changed = client.get(document.get_absolute_url(), headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    changed.getvalue()


def test_a_withdrawn_document_is_gone(client, superuser):
    document = make_document(is_withdrawn=True)
    assert client.get(document.get_absolute_url()).status_code == 404
    client.force_login(superuser)
    assert client.get(document.get_absolute_url()).status_code == 404


def test_withdrawn_is_told_alike_for_one_and_for_many():
    documents = [make_document(is_withdrawn=withdrawn) for withdrawn in (True, False)]
    public = set(Document.objects.published())
    assert [document in public for document in documents] == [
        document.is_published for document in documents
    ]


def test_replacing_the_file_keeps_the_address(editor, media, django_capture_on_commit_callbacks):
    document = make_document()
    address, before = document.get_absolute_url(), document.file.name
    change = reverse("admin:documents_document_change", args=[document.pk])
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(change, sent(pdf_named("ny.pdf", make_pdf(pages=3))))
    assert response.status_code == 302
    document.refresh_from_db()
    assert document.get_absolute_url() == address
    assert document.pages == 3
    assert editor.get(address).getvalue() == make_pdf(pages=3)
    assert not (media / before).exists()


def test_saving_without_a_new_file_keeps_the_old_one(editor, media):
    document = make_document()
    change = reverse("admin:documents_document_change", args=[document.pk])
    assert editor.post(change, sent(title="Nytt namn")).status_code == 302
    assert editor.get(Document.objects.get().get_absolute_url()).getvalue() == make_pdf()


def test_an_old_name_in_the_address_leads_to_the_new_one(client):
    document = make_document(title="Gammal plan")
    old = document.get_absolute_url()
    document.title = "Ny plan"
    document.save()
    response = client.get(old)
    assert response.status_code == 301
    assert response["Location"] == document.get_absolute_url() != old


def test_a_deleted_document_leaves_no_file(media, django_capture_on_commit_callbacks):
    document = make_document()
    assert len(files_in(media)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        document.delete()
    assert files_in(media) == []


@pytest.mark.parametrize(
    "address",
    [
        "/dokument/00000000-0000-0000-0000-000000000000/plan.pdf",
        "/dokument/00000000-0000-0000-0000-000000000000/plan.html",
        "/dokument/..%2f..%2fportal.sqlite3",
        "/dokument/x/plan.pdf",
        "/dokument/",
    ],
)
def test_nothing_else_is_served(client, address):
    assert client.get(address).status_code == 404


# --- When the disk fails -----------------------------------------------------------------------------


def test_a_document_whose_file_is_lost(editor, media):
    document = make_document()
    for path in files_in(media):
        path.unlink()
    assert editor.get(document.get_absolute_url()).status_code == 404
    assert editor.get(reverse("admin:documents_document_changelist")).status_code == 200
    form = editor.get(reverse("admin:documents_document_change", args=[document.pk]))
    assert form.status_code == 200
    assert "Pdf-filen saknas på servern" in form.content.decode()


@pytest.fixture
def full_disk(monkeypatch):
    def fail(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fail)


def test_a_full_disk_loses_nothing(editor, full_disk):
    response = editor.post(reverse(ADD), sent(pdf_named("plan.pdf")))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Filen kunde inte sparas eftersom servern" in page
    assert 'value="Handlingsplan"' in page
    assert not Document.objects.exists()


@time_machine.travel("2026-11-22T12:00:00+01:00", tick=False)
def test_due_for_review():
    due = make_document(review_on=date(2026, 11, 22))
    make_document(review_on=date(2026, 11, 23))
    make_document(review_on=date(2020, 1, 1), is_withdrawn=True)
    assert list(Document.objects.due_for_review()) == [due]
