import pytest
from django.db import transaction

from tests.every_url.walk import Walk, load_content


@pytest.fixture(scope="session")
def walk(django_db_setup, django_db_blocker):
    """The walk. Its rows are gone again before the first test looks at it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_content()
        walk = Walk()
        transaction.set_rollback(True)
    return walk
