from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """Editors may publish important messages."""

    dependencies = [
        ("tink_portal", "0003_publish_permissions"),
        ("alerts", "0001_initial"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
