import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("publishing", "0004_text_checks"),
    ]

    operations = [
        migrations.CreateModel(
            name="FailedCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("object_id", models.PositiveBigIntegerField()),
                ("title", models.CharField(max_length=200, verbose_name="sida")),
                ("sentences", models.TextField(verbose_name="vad som är fel")),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="contenttypes.contenttype",
                    ),
                ),
            ],
            options={
                "verbose_name": "fel i en text",
                "verbose_name_plural": "fel i texter",
                "ordering": ["title", "pk"],
                "default_permissions": (),
            },
        ),
    ]
