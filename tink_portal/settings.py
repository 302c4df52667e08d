"""The portal's only settings file. Everything that differs between machines comes from the environment.

The table of variables stands in README.md. The portal refuses to start rather than run unsafely.
"""

import sys
from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django_prose_editor.config import html_tags
from js_asset import static_lazy

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "testserver"}

env = environ.Env()
env.smart_cast = False

# --- Safe start ---------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
TESTING = "pytest" in sys.modules

SECRET_KEY = env.str("SECRET_KEY", default="")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured(
        "Portalen startar inte: SECRET_KEY saknas eller är kortare än 50 tecken. Skapa en nyckel med "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(64))' och sätt den i miljön."
    )

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
if not ALLOWED_HOSTS or any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "Portalen startar inte: ALLOWED_HOSTS måste räkna upp webbplatsens exakta värdnamn, "
        "till exempel ALLOWED_HOSTS=trygg.example."
    )
ON_LOOPBACK = set(ALLOWED_HOSTS) <= LOOPBACK

HTTPS = env.bool("TINK_HTTPS", default=True)
if not HTTPS and not ON_LOOPBACK:
    raise ImproperlyConfigured(
        "Portalen startar inte: TINK_HTTPS=off får bara användas när ALLOWED_HOSTS är "
        "127.0.0.1, localhost eller [::1]."
    )
if DEBUG and not ON_LOOPBACK:
    raise ImproperlyConfigured("Portalen startar inte: DEBUG får bara användas på den egna datorn.")

# --- Places -------------------------------------------------------------------------------------
DATA_DIR = Path(env.str("TINK_DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
CONTENT_DIR = BASE_DIR / "content"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = DATA_DIR / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Absolute addresses in mail and canonical links never come from the request's Host header.
SITE_URL = env.str("TINK_SITE_URL", default=f"https://{ALLOWED_HOSTS[0]}").rstrip("/")
SITE_NAME = "Trygg i Norrtälje kommun"
# Where "Lämna sidan snabbt" leads from a sensitive page: a neutral page that is never personal.
EXIT_URL = env.str("TINK_EXIT_URL", default="https://www.smhi.se/")

# --- Applications, from the top of the house to the bottom ---------------------------------------
LOCAL_APPS = [
    "tink_portal",
    "tasks",
    "handbook",
    "search",
    "feedback",
    "accounts",
    "links",
    "news",
    "goals",
    "pages",
    "activities",
    "platforms",
    "publishing",
    "documents",
    "organisation",
    "pictures",
    "alerts",
    "proofreading",
    "audit",
]
INSTALLED_APPS = [
    "tink_portal.admin_app.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.redirects",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "crispy_forms",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "axes",
    "django_prose_editor",
    "post_office",
    "csp",
    # Last, so that our admin screens replace the libraries' own.
    *LOCAL_APPS,
]
SITE_ID = 1
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "tink_portal.urls"
WSGI_APPLICATION = "tink_portal.wsgi.application"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tink_portal.middleware.CommonHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.sessions.SessionAgeMiddleware",
    "axes.middleware.AxesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.redirects.middleware.RedirectFallbackMiddleware",
    "publishing.middleware.InUseMiddleware",
    # Last, so that it sees the exception before anyone else turns it into a 500.
    "tink_portal.middleware.DatabaseDownMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tink_portal.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "tink"
CRISPY_TEMPLATE_PACK = "tink"

# What the rich text editor has beside the library's own: names as in publishing.richtext.EXTENSIONS.
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {"js": [static_lazy(f"js/{script}.js")], "extensions": dict.fromkeys(names, html_tags([]))}
    for script, names in {
        "editor-paste": ["CleanPaste"],
        "editor-links": ["Link"],
        "editor-pictures": ["Picture"],
        "editor-tables": ["Table"],
        "editor-words": ["Language", "SoftHyphen"],
    }.items()
]

# --- Databases: SQLite is the embedded default, PostgreSQL the production database ----------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")}
DATABASE = DATABASES["default"]
DATABASE["CONN_MAX_AGE"] = None
DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASE.setdefault("OPTIONS", {})
if DATABASE["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE and WAL: 0 of 2 000 posts lost with 50 writers (82 % lost without IMMEDIATE).
    # synchronous=FULL: an acknowledged post survives a power cut. See docs/adr/0007.
    DATABASE["OPTIONS"] |= {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
            "PRAGMA foreign_keys=ON;PRAGMA secure_delete=ON;"
        ),
    }
else:
    DATABASE["OPTIONS"] |= {
        "connect_timeout": 3,
        "options": "-c statement_timeout=5000 -c lock_timeout=3000 -c synchronous_commit=on",
    }

# --- Language: Swedish strings are the msgids -----------------------------------------------------
LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["tink_portal.formats"]

# --- Static files ---------------------------------------------------------------------------------
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tink_portal.storage.PortalStaticStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
if DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True

# --- Security -------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60  # the longest that a login lasts
SESSION_IDLE_SECONDS = 30 * 60
CSRF_COOKIE_AGE = None
if HTTPS:
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
# Number of trusted reverse proxies in front; 0 means that clients connect straight to the portal.
PROXY_COUNT = env.int("TINK_PROXY_COUNT", default=0)
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce is sent only where a template asks for one: the editor's import map.
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CSRF_FAILURE_VIEW = "tink_portal.errors.csrf_failure"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- Signing in -----------------------------------------------------------------------------------
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in [
        ("accounts.passwords.WeakWordValidator", {}),
        ("django.contrib.auth.password_validation.MinimumLengthValidator", {"min_length": 12}),
        ("accounts.passwords.LongestLengthValidator", {}),
        ("django.contrib.auth.password_validation.UserAttributeSimilarityValidator", {}),
        ("django.contrib.auth.password_validation.CommonPasswordValidator", {}),
        ("django.contrib.auth.password_validation.NumericPasswordValidator", {}),
    ]
]
# A code from an app besides the password, for all staff. Off where there is no HTTPS: the own computer.
TWO_FACTOR = env.bool("TINK_TWO_FACTOR", default=HTTPS)
OTP_TOTP_ISSUER = SITE_NAME
# Lockout: see accounts/lockout.py. Axes keeps no address, no browser and no log of its own.
AXES_HANDLER = "accounts.lockout.LockoutHandler"
AXES_LOCKOUT_CALLABLE = "accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "accounts.lockout.client_bucket"
AXES_USERNAME_CALLABLE = "accounts.lockout.typed_name"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"], "ip_address"]
AXES_FAILURE_LIMIT = 5  # for one account from one client
CLIENT_FAILURE_LIMIT = 20  # for all accounts from one client
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Mail: written to the outbox in the request's transaction, sent by send_queued_mail -----------
EMAIL_IS_SET = bool(env.str("EMAIL_URL", default=""))
if EMAIL_IS_SET:
    vars().update(env.email("EMAIL_URL"))
    MAIL_TRANSPORT = EMAIL_BACKEND  # noqa: F821 - set by env.email
else:
    MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = "post_office.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="webbplatsen@trygg-i-norrtalje.example")
POST_OFFICE = {
    "BACKENDS": {"default": MAIL_TRANSPORT},
    "DEFAULT_PRIORITY": "medium",
    "CELERY_ENABLED": False,
    "MAX_RETRIES": 100,
    "RETRY_INTERVAL": timedelta(minutes=15),
    "BATCH_SIZE": 20,
    "THREADS_PER_PROCESS": 1,
    "LOG_LEVEL": 1,
    "MESSAGE_ID_ENABLED": True,
    "MESSAGE_ID_FQDN": SITE_URL.partition("://")[2].partition(":")[0].partition("/")[0],
}

# --- Tyck till ------------------------------------------------------------------------------------
# "off" lifts the rate limit and the least filling time, for load tests only.
FEEDBACK_LIMITS = env.bool("TINK_FEEDBACK_LIMITS", default=True)
FEEDBACK_LIMITS_BY_WINDOW = {600: 5, 86_400: 30}  # seconds: stored posts per client
FEEDBACK_LEAST_FILLING_SECONDS = 2

# --- Links ----------------------------------------------------------------------------------------
# Off until the operator chooses: no request leaves the machine that nobody asked for.
CHECK_OUTER_LINKS = env.bool("TINK_CHECK_OUTER_LINKS", default=False)
# --- Who publishes (publishing/rights.py) -----------------------------------------------------------
EDITORS_PUBLISH = env.bool("TINK_EDITORS_PUBLISH", default=True)
OWN_PAGES_ONLY = env.bool("TINK_OWN_PAGES_ONLY", default=False)

# --- Logging: one line per record, no query strings, no bodies, no addresses ----------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "ERROR"},  # what it tells stands in the audit log, without addresses
        # A handler of ours, or post_office adds its own; what it says at INFO every few seconds is noise.
        "post_office": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
