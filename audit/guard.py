"""The database's own guard of the log: what is written can neither be changed nor removed.

The one exception is the account of somebody who has been deleted: it may become empty.
"""

from contextlib import contextmanager

from django.db import connection, transaction

TEXT = "id, at, username, action, object_type, object_id, object_name, details"

UP = {
    "sqlite": [
        f"""CREATE TRIGGER audit_event_unchanged BEFORE UPDATE OF {TEXT} ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
        """CREATE TRIGGER audit_event_same_user BEFORE UPDATE OF user_id ON audit_event
        WHEN NEW.user_id IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
        """CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event
        BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END""",
    ],
    "postgresql": [
        """CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$""",
        f"""CREATE TRIGGER audit_event_unchanged BEFORE UPDATE OF {TEXT} ON audit_event
        FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
        """CREATE TRIGGER audit_event_same_user BEFORE UPDATE OF user_id ON audit_event
        FOR EACH ROW WHEN (NEW.user_id IS NOT NULL) EXECUTE FUNCTION audit_event_refuse()""",
        """CREATE TRIGGER audit_event_kept BEFORE DELETE ON audit_event
        FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
    ],
}
NAMES = ["audit_event_unchanged", "audit_event_same_user", "audit_event_kept"]
DOWN = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in NAMES],
    "postgresql": [f"DROP TRIGGER IF EXISTS {name} ON audit_event" for name in NAMES],
}


def put_up(at=connection):
    _run(at, UP)


def take_down(at=connection):
    _run(at, DOWN)


def _run(at, statements):
    with at.cursor() as cursor:
        for statement in statements[at.vendor]:
            cursor.execute(statement)


@contextmanager
def lifted():
    """Without the guard for the length of one transaction; put back, or the whole is undone."""
    with transaction.atomic():
        take_down()
        yield
        put_up()
