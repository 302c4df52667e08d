"""Which chapter explains which screen of the admin. One table; a test holds it to the screens there are."""

from handbook.chapters import FIRST, find_chapter

WRITING = "skriva-och-publicera"
PICTURES = "bilder-och-dokument"
CONTACT = "hjalpnummer-och-kontakt"
ACCOUNTS = "konton"

#: By app; what is told apart inside an app stands in MODELS.
APPS = {
    "accounts": ACCOUNTS,
    "activities": WRITING,
    "alerts": "viktigt-meddelande",
    "audit": ACCOUNTS,
    "auth": ACCOUNTS,
    "documents": PICTURES,
    "feedback": "synpunkter",
    "goals": "mal-omraden-och-plattformar",
    "links": "lankar",
    "news": WRITING,
    "organisation": CONTACT,
    "otp_static": ACCOUNTS,
    "otp_totp": ACCOUNTS,
    "pages": WRITING,
    "pictures": PICTURES,
    "platforms": WRITING,
    "proofreading": "textkontroller",
    "publishing": WRITING,
    "redirects": "lankar",
    "search": "sok",
    "tasks": "mina-uppgifter",
}
MODELS = {
    "activities.goalarea": "mal-omraden-och-plattformar",
    "platforms.platform": "mal-omraden-och-plattformar",
}
#: Screens that belong to no model.
VIEWS = {
    "admin:index": "mina-uppgifter",
    "admin:login": "logga-in",
    **dict.fromkeys(
        (
            *("admin:second_step", "admin:set_up_app", "admin:codes_saved", "admin:security"),
            *("admin:new_codes", "admin:replace_app", "admin:log_out_everywhere", "admin:unsaved"),
        ),
        "logga-in",
    ),
    "admin:locks": ACCOUNTS,
    "admin:password_change": "logga-in",
    "admin:password_change_done": "logga-in",
}


def chapter_name_for(match, model=None):
    """The name of the chapter for a resolved address; ``model`` is what its template calls ``opts``."""
    if model is not None:
        return MODELS.get(model.label_lower) or APPS.get(model.app_label, FIRST)
    if match is None:
        return FIRST
    app = match.kwargs.get("app_label") or match.app_name
    return VIEWS.get(match.view_name) or APPS.get(app, FIRST)


def chapter_for(match, model=None):
    """The chapter itself. Every chapter named in the table is there: a test holds it."""
    return find_chapter(chapter_name_for(match, model))
