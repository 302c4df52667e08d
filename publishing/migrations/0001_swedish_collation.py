from django.contrib.postgres.operations import CreateCollation
from django.db import migrations


class Migration(migrations.Migration):
    """Swedish order on PostgreSQL; SQLite gets the same from publishing/collation.py."""

    initial = True
    dependencies = []
    operations = [CreateCollation("sv", provider="icu", locale="sv")]
