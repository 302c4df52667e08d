from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """An Administratör may look at the log."""

    dependencies = [
        ("tink_portal", "0003_publish_permissions"),
        ("accounts", "0001_initial"),
        ("audit", "0002_guard"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
