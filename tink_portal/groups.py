"""Who may do what in the admin. The groups are made by migrations from this table.

Reading what residents have written is never implied by anything else: only Handläggare have it.
"""

from publishing.rights import EDITORS

CONTENT = {
    "activities": ["activity", "goalarea"],
    "documents": ["document"],
    "alerts": ["alert"],
    "goals": ["award", "goal"],
    "news": ["newsitem"],
    "organisation": ["contactpoint", "headcount", "helpline", "organisation", "person"],
    "pages": ["page", "pagesection"],
    "pictures": ["picture"],
    "platforms": ["localareagroup", "membership", "platform"],
    "search": ["bestbet", "synonym"],
}

PUBLISHED = [
    *(("activities", "activity"), ("activities", "goalarea"), ("news", "newsitem")),
    *(("pages", "page"), ("platforms", "localareagroup"), ("platforms", "platform")),
]

OWNED = [("pages", "pagesection"), ("platforms", "membership")]

# A Redaktör has no publishing right in the table: publishing/rights.py lends it by two settings.
GROUPS = {
    EDITORS: {
        f"{app}.{action}_{model}"
        for app, models in CONTENT.items()
        for model in models
        for action in ("view", "add", "change", "delete")
    }
    | {f"redirects.{action}_redirect" for action in ("view", "add", "change", "delete")}
    | {"links.view_link", "links.change_link"}
    | {"search.view_askedfor", "search.delete_askedfor"},
    # What belongs to a page comes and goes with it, so its rows may be added and deleted.
    "Granskare": {
        f"{app}.{action}_{model}"
        for app, models in CONTENT.items()
        for model in models
        for action in ("view", "change")
    }
    | {f"{app}.{action}_{model}" for app, model in OWNED for action in ("add", "delete")}
    | {f"{app}.publish_{model}" for app, model in PUBLISHED}
    | {"links.view_link", "links.change_link", "search.view_askedfor", "tasks.hand_over"},
    "Handläggare": {
        "feedback.view_feedback",
        "feedback.change_feedback",
        "feedback.view_caseentry",
    },
    "Administratör": {
        *("auth.view_user", "auth.add_user", "auth.change_user", "auth.view_group"),
        *("organisation.view_person", "organisation.change_person", "audit.view_event"),
        *("tasks.hand_over", "tasks.resend_mail"),
    },
}


def create_groups(apps, schema_editor):
    """For a migration: make the groups with exactly the permissions of the table."""
    from django.apps import apps as current
    from django.contrib.auth.management import create_permissions

    # Permissions normally appear after all migrations; here they are needed already.
    for config in current.get_app_configs():
        create_permissions(config, apps=current, verbosity=0, using=schema_editor.connection.alias)
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    for name, wanted in GROUPS.items():
        group, _created = group_model.objects.get_or_create(name=name)
        group.permissions.set(
            permission
            for permission in permission_model.objects.select_related("content_type")
            if f"{permission.content_type.app_label}.{permission.codename}" in wanted
        )


def delete_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()
