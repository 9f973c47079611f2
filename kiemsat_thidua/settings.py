"""All settings, from the environment; `.env.example` lists every key."""

from pathlib import Path
from urllib.parse import quote

from celery.schedules import crontab
from csp.constants import SELF

from kiemsat_thidua import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("APP_VAR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

PRODUCTION = env.boolean("PRODUCTION", False)
DEBUG = env.boolean("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY", "" if PRODUCTION else "khong-dung-cho-may-chu-that-" + "k" * 40)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "" if PRODUCTION else "localhost,127.0.0.1,testserver")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
PUBLIC_BASE_URL = env.text("PUBLIC_BASE_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "kiemsat_thidua",
    "reports",
    "decisions",
    "council",
    "awards",
    "campaigns",
    "history",
    "units",
    "documents",
    "core",
    "accounts",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "guardian",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SessionLimits",
    "accounts.middleware.SecondFactor",
    "core.middleware.Sizes",
    "core.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kiemsat_thidua.urls"
WSGI_APPLICATION = "kiemsat_thidua.wsgi.application"
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
                "core.context.shell",
            ],
            "builtins": ["core.templatetags.vi", "core.templatetags.ui", "accounts.templatetags.can"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -------------------------------------------------------------------------------------
DATABASES = {"default": env.database(env.text("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR / 'db.sqlite3'))}"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE makes writers queue instead of failing; recursive_triggers lets the journal's
    # triggers see INSERT OR REPLACE; FULL because real numbers may be issued on SQLite.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA recursive_triggers=ON; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-8000;",
    }
    # Tests on a file too: a database in memory locks and journals differently.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

REDIS_URL = env.text("REDIS_URL")
REDIS_KEY_PREFIX = env.text("REDIS_KEY_PREFIX", "kstd")
CACHES: dict[str, dict[str, object]]
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": REDIS_KEY_PREFIX,
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "core_cache",
            # Past this many the table drops a third, counts of tries among them; the usual 300 one visitor fills.
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }

# --- Background work --------------------------------------------------------------------------
QUEUE_DIR = VAR_DIR / "queue"
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    # Redis hands a lost task back only after this; leases in the table of jobs do it sooner.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "visibility_timeout": 600,
        "unacked_restore_throttle": 1,
        "global_keyprefix": f"{REDIS_KEY_PREFIX}:queue:",
        "socket_timeout": 5,
        "socket_connect_timeout": 3,
    }
else:
    for folder in ("messages", "control"):
        (QUEUE_DIR / folder).mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR / "messages"),
        "data_folder_out": str(QUEUE_DIR / "messages"),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.1,
    }
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# Seconds between two looks for lost jobs; a look or a ring that is older than that is not worth having.
SWEEP_SECONDS = env.integer("SWEEP_SECONDS", 20)
CELERY_BEAT_SCHEDULE = {
    "sweep-jobs": {"task": "core.tasks.sweep", "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS}},
    "sweep-files": {"task": "documents.tasks.sweep_files", "schedule": crontab(hour=2, minute=40)},
    "unit-roles": {"task": "units.tasks.sync_grants", "schedule": crontab(hour=0, minute=5)},
    "higher-awards": {"task": "awards.tasks.discover", "schedule": crontab(hour=1, minute=30)},
    "council-ballots": {"task": "council.tasks.erase_ballots", "schedule": crontab(hour=0, minute=20)},
    "decisions-history": {"task": "decisions.tasks.compare_grants", "schedule": crontab(hour=3, minute=10)},
    "council-seats": {"task": "council.tasks.sync_grants", "schedule": crontab(hour=0, minute=5)},
}
# Seconds a worker may hold a job without a sign of life before another takes it.
JOB_LEASE_SECONDS = env.integer("JOB_LEASE_SECONDS", 60)
JOB_MAX_ATTEMPTS = 5
# Digital signatures: keys, trust anchors and revocation lists; see documents.services.signing_keys.
SIGNING_DIR = Path(env.text("SIGNING_DIR", str(VAR_DIR / "signing")))
SIGNING_KEYS = "documents.services.signing_keys.Pkcs12Folder"
SIGNING_PASSPHRASE = env.text("SIGNING_PASSPHRASE") or SECRET_KEY
SIGNING_FETCH = env.boolean("SIGNING_FETCH", False)
TSA_URL = env.text("TSA_URL")
# Slips of a closed vote are kept while a complaint may come (twelve months), then erased.
BALLOT_KEEP_DAYS = env.integer("BALLOT_KEEP_DAYS", 366)
LISTENERS = "kiemsat_thidua.listeners"

# --- Names of what lies above, resolved at run time ---------------------------------------------
# Each takes a user: the codes of the roles held today; the number under a menu item.
ROLE_SOURCES = ["units.selectors.role_codes_of", "council.selectors.role_codes_of"]
NAV_COUNTERS: dict[str, str] = {
    "unread": "core.selectors.unread_count",
    "campaigns": "campaigns.selectors.count_campaigns",
    "registrations": "campaigns.selectors.count_registrations",
    "own_registration": "campaigns.selectors.count_own",
    "ballots": "council.box.ballots_waiting",
    "agenda": "council.selectors.agenda_count",
    "review": "awards.selectors.waiting_for",
    "submissions": "awards.selectors.unit_waiting",
    "discoveries": "awards.selectors.count_to_propose",
    "decisions": "decisions.selectors.waiting_count",
}
# The page of the journal: code of an act -> its words.
JOURNAL_WORDS = "kiemsat_thidua.journal_words.acts"
#: Takes a user and a submission or line: may a higher app let the user read its files?
DOSSIER_READERS: list[str] = []

# --- Words, dates, numbers --------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["kiemsat_thidua.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
FILES_DIR = VAR_DIR / "files"
# Compressing takes longer than everything else at a first start; it pays where many read over a network.
_STATICFILES = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if PRODUCTION
    else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(FILES_DIR)}},
    "staticfiles": {"BACKEND": env.text("STATICFILES_BACKEND", _STATICFILES)},
}
UPLOAD_MAX_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_NUMBER_FILES = 100

# --- Mail (never needed to work) --------------------------------------------------------------
EMAIL_URL = env.text("EMAIL_URL")
if EMAIL_URL:
    _mail = env.mail(EMAIL_URL)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail["host"], _mail["port"]
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["user"], _mail["password"]
    EMAIL_USE_TLS = _mail["tls"]
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# --- Sign-in ----------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Thi đua - Khen thưởng KSND"
# Roles that must have a second factor; empty in the demo.
MFA_REQUIRED_ROLES = env.words("MFA_REQUIRED_ROLES")
GUARDIAN_MONKEY_PATCH_USER = False
GUARDIAN_RAISE_403 = False
ANONYMOUS_USER_NAME = None
SILENCED_SYSTEM_CHECKS = [
    "guardian.W001",  # its own backend stays out: accounts.policy is the one door to its rights
    "security.W019",  # papers are shown in a frame of our own pages
]
# An outsider must not be able to lock a user out of the user's own machine.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "account/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429
# How many proxies of ours stand in front; each has added the address it saw to X-Forwarded-For.
PROXY_COUNT = env.integer("PROXY_COUNT", 0)
AXES_CLIENT_IP_CALLABLE = "core.visitors.address"
AXES_VERBOSE = False
SESSION_IDLE_SECONDS = env.integer("SESSION_IDLE_SECONDS", 30 * 60)
SESSION_ABSOLUTE_SECONDS = env.integer("SESSION_ABSOLUTE_SECONDS", 10 * 3600)
SESSION_COOKIE_AGE = SESSION_ABSOLUTE_SECONDS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# --- What the browser is told -----------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.boolean("SECURE_SSL_REDIRECT", True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^health$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    if env.boolean("BEHIND_PROXY", False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- The demonstration ------------------------------------------------------------------------
DEMO = env.boolean("DEMO", not PRODUCTION)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # It tells each refused signature with a traceback; the report on the page says it in a sentence.
    "loggers": {"pyhanko": {"level": "ERROR"}, "pyhanko_certvalidator": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING")},
}
