from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """The rooms of the editors' workshop bring permissions; the groups get exactly what their table says."""

    dependencies = [
        ("tink_portal", "0003_publish_permissions"),
        ("links", "0001_initial"),
        ("search", "0001_initial"),
        ("documents", "0001_initial"),
        ("tasks", "0001_initial"),
        ("publishing", "0005_failed_checks"),
        ("accounts", "0001_initial"),
        ("audit", "0002_guard"),
        ("alerts", "0001_initial"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
