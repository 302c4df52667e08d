"""The portal's settings for a test run: a throw-away folder, plain static files, quick passwords."""

import os
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="tink-test-"))
os.environ["TINK_DATA_DIR"] = str(FOLDER)
os.environ["SECRET_KEY"] = "only-for-tests-" + "0" * 50
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["TINK_HTTPS"] = "off"
os.environ["TINK_SITE_URL"] = "https://trygg.example"
for name in (
    "DEBUG",
    "EMAIL_URL",
    "TINK_CHECK_OUTER_LINKS",
    "TINK_EDITORS_PUBLISH",
    "TINK_FEEDBACK_LIMITS",
    "TINK_OWN_PAGES_ONLY",
    "TINK_PROXY_COUNT",
    "TINK_TWO_FACTOR",
    "DEFAULT_FROM_EMAIL",
):
    os.environ.pop(name, None)

from tink_portal.settings import *  # noqa: E402, F403 - after the environment is set
from tink_portal.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads, the live server and the PRAGMAs then behave as in production.
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
