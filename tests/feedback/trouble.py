"""Real trouble with the real database: locked by another, full, read-only, or not there at all."""

import sqlite3
from contextlib import contextmanager

from django.db import OperationalError, connection

SQLITE = connection.vendor == "sqlite"


def tell(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def locked():
    """Another program writes, and does not let go."""
    connection.ensure_connection()
    if SQLITE:
        other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        tell("PRAGMA busy_timeout = 50")
    else:
        other = connection.copy()
        other.ensure_connection()
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("LOCK TABLE feedback_feedback IN EXCLUSIVE MODE")
        tell("SET lock_timeout = '50ms'")
    try:
        yield
    finally:
        if SQLITE:
            other.execute("ROLLBACK")
        other.close()
        connection.close()


@contextmanager
def read_only():
    """The disk or the server takes no writes."""
    connection.ensure_connection()
    tell("PRAGMA query_only = ON" if SQLITE else "SET default_transaction_read_only = on")
    try:
        yield
    finally:
        connection.close()


@contextmanager
def full():
    """SQLite only: the file may not grow, and every free page in it is used up."""
    connection.ensure_connection()
    tell("CREATE TABLE filler (text TEXT)")
    (pages,) = tell("PRAGMA page_count")
    tell(f"PRAGMA max_page_count = {pages}")
    try:
        for size in (100_000, 1000, 10):
            fill(size)
        yield
    finally:
        connection.close()
        connection.ensure_connection()
        tell("DROP TABLE filler")


def fill(size):
    try:
        while True:
            tell(f"INSERT INTO filler VALUES ('{'x' * size}')")
    except OperationalError:
        return


@contextmanager
def down():
    """Nothing answers where the database should be."""
    connection.close()
    name = "NAME" if SQLITE else "PORT"
    real = connection.settings_dict[name]
    connection.settings_dict[name] = "/nowhere/portal.sqlite3" if SQLITE else "1"
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict[name] = real


#: What can happen to a write. A full disk cannot be made on a shared PostgreSQL server.
TO_WRITES = [locked, read_only, down] + ([full] if SQLITE else [])
