from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_sharing"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="check_reason",
            field=models.TextField(
                blank=True, default="", verbose_name="varför texten publiceras trots varningar"
            ),
        ),
    ]
