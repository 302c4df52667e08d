import pytest

from organisation.models import ContactPoint


@pytest.mark.django_db
def test_an_example_address_is_shown_to_staff_only(client, portal, superuser):
    address = ContactPoint.objects.get(is_unit_mailbox=True).email
    assert address.endswith(".example")
    assert address not in client.get("/kontakt/").content.decode()
    client.force_login(superuser)
    assert (
        "E-postadressen är bara ett exempel"
        in client.get("/admin/uppgifter/kontrollera/").content.decode()
    )


@pytest.mark.django_db
def test_a_real_address_is_shown(client, portal):
    ContactPoint.objects.filter(is_unit_mailbox=True).update(email="trygg@kommun.se")
    assert "mailto:trygg@kommun.se" in client.get("/kontakt/").content.decode()
