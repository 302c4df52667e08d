from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """Editors may publish: the permission is new, and the groups get exactly what their table says."""

    dependencies = [
        ("tink_portal", "0002_groups"),
        ("activities", "0002_drafts"),
        ("news", "0002_drafts"),
        ("pages", "0002_drafts"),
        ("platforms", "0002_drafts"),
        ("publishing", "0002_revision"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
