from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """Granskare is new, and a Redaktör publishes by a setting instead of a right of the group."""

    dependencies = [
        ("tink_portal", "0003_publish_permissions"),
        ("publishing", "0003_sharing"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
