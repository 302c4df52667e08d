from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """Editors have the documents too: the groups get exactly what their table says."""

    dependencies = [
        ("tink_portal", "0003_publish_permissions"),
        ("documents", "0001_initial"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
