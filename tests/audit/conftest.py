import pytest

from audit import guard


@pytest.fixture
def guarded(db):
    """With the database's own guard, which tests/conftest.py takes down."""
    guard.take_down()
    guard.put_up()
