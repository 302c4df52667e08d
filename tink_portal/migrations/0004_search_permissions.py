from django.db import migrations

from tink_portal.groups import create_groups


class Migration(migrations.Migration):
    """Editors teach the search synonyms and best bets, and see what residents look for."""

    dependencies = [("tink_portal", "0003_publish_permissions"), ("search", "0001_initial")]
    operations = [migrations.RunPython(create_groups, migrations.RunPython.noop)]
