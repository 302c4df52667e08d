from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """Administratörer may hand over pages and see mail that was not sent."""

    dependencies = [
        ("tink_portal", "0003_publish_permissions"),
        ("tasks", "0001_initial"),
    ]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
