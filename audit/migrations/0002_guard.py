from django.db import migrations

from audit.guard import put_up, take_down


class Migration(migrations.Migration):
    """The database itself refuses changes of the log. A later migration that remakes the table puts it up again."""

    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: put_up(editor.connection),
            lambda apps, editor: take_down(editor.connection),
        )
    ]
