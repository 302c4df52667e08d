"""The full text index of SearchEntry, which Django's models cannot describe: FTS5 on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_fts USING fts5(
    title_terms, introduction_terms, body_terms,
    content='search_searchentry', content_rowid='id',
    tokenize='unicode61 remove_diacritics 0', detail=column
);
CREATE TRIGGER search_entry_added AFTER INSERT ON search_searchentry BEGIN
    INSERT INTO search_fts(rowid, title_terms, introduction_terms, body_terms)
    VALUES (new.id, new.title_terms, new.introduction_terms, new.body_terms);
END;
CREATE TRIGGER search_entry_removed AFTER DELETE ON search_searchentry BEGIN
    INSERT INTO search_fts(search_fts, rowid, title_terms, introduction_terms, body_terms)
    VALUES ('delete', old.id, old.title_terms, old.introduction_terms, old.body_terms);
END;
CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_searchentry BEGIN
    INSERT INTO search_fts(search_fts, rowid, title_terms, introduction_terms, body_terms)
    VALUES ('delete', old.id, old.title_terms, old.introduction_terms, old.body_terms);
    INSERT INTO search_fts(rowid, title_terms, introduction_terms, body_terms)
    VALUES (new.id, new.title_terms, new.introduction_terms, new.body_terms);
END;
"""
SQLITE_UNDO = """
DROP TRIGGER search_entry_added;
DROP TRIGGER search_entry_removed;
DROP TRIGGER search_entry_changed;
DROP TABLE search_fts;
"""
# One column for each tier. array_to_tsvector takes the terms as they are: no parser, no configuration.
POSTGRESQL = """
ALTER TABLE search_searchentry
    ADD COLUMN fts_title tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(title_terms, ' '), ''))) STORED,
    ADD COLUMN fts_introduction tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(
            title_terms || ' ' || introduction_terms, ' '), ''))) STORED,
    ADD COLUMN fts_all tsvector GENERATED ALWAYS AS (
        array_to_tsvector(array_remove(string_to_array(
            title_terms || ' ' || introduction_terms || ' ' || body_terms, ' '), ''))) STORED;
CREATE INDEX search_title ON search_searchentry USING gin (fts_title);
CREATE INDEX search_introduction ON search_searchentry USING gin (fts_introduction);
CREATE INDEX search_all ON search_searchentry USING gin (fts_all);
"""
POSTGRESQL_UNDO = """
ALTER TABLE search_searchentry DROP COLUMN fts_title, DROP COLUMN fts_introduction, DROP COLUMN fts_all;
"""


def run(schema_editor, sqlite, postgresql):
    if schema_editor.connection.vendor == "sqlite":
        for statement in _statements(sqlite):
            schema_editor.execute(statement)
    else:
        schema_editor.execute(postgresql)


def _statements(script):
    """The statements of ``script``; those of a trigger end with END."""
    statement = ""
    for line in script.strip().splitlines():
        statement += line + "\n"
        done = "END;" in line if "CREATE TRIGGER" in statement else line.endswith(";")
        if done:
            yield statement
            statement = ""


def forwards(apps, schema_editor):
    run(schema_editor, SQLITE, POSTGRESQL)


def backwards(apps, schema_editor):
    run(schema_editor, SQLITE_UNDO, POSTGRESQL_UNDO)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
