from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """Editors see the broken links and decide about them."""

    dependencies = [("tink_portal", "0003_publish_permissions"), ("links", "0001_initial")]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
