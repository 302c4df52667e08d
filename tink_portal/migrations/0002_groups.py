from django.db import migrations

from tink_portal.groups import create_groups, delete_groups


class Migration(migrations.Migration):
    """The staff's three groups. Runs after every app whose permissions it hands out."""

    dependencies = [
        ("tink_portal", "0001_initial"),
        ("activities", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("feedback", "0001_initial"),
        ("goals", "0001_initial"),
        ("news", "0001_initial"),
        ("organisation", "0001_initial"),
        ("pages", "0001_initial"),
        ("pictures", "0001_initial"),
        ("platforms", "0001_initial"),
        ("redirects", "0002_alter_redirect_new_path_help_text"),
    ]
    operations = [migrations.RunPython(create_groups, delete_groups)]
