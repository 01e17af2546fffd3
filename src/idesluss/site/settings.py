"""Settings: everything an installation may change comes from the environment, and fails loudly.

``IDESLUSS_HOME``      folder for secret, SQLite database, uploads (default ``./data``)
``IDESLUSS_SEARCH``    folder for the index of the search, one for each machine; it may be thrown
                       away at any time (default ``search`` in the home)
``DATABASE_URL``       ``postgres://user:password@host:port/name``; default SQLite in the home
``IDESLUSS_SECRET``    secret key; default: made at first run and kept in the home
``IDESLUSS_URL``       address people use, such as ``https://ideer.slusstad.se`` (default
                       ``http://localhost:8000``)
``IDESLUSS_DEMO``      ``true`` for the demonstration: one click signs in as any role
``IDESLUSS_MAIL_URL``  ``smtp://user:password@host:port`` (``smtps://`` for TLS; default
                       ``smtp://localhost:25``, in the demonstration none)
``IDESLUSS_MAIL_FROM`` sender of every letter
``IDESLUSS_MAILBOX_URL``  ``imaps://user:password@host:port/folder``, from which mail to the doors
                       of sluices is fetched (``imap://`` without TLS); default none
``IDESLUSS_PROXIES``   how many proxies of yours stand before the service (default 0); each adds
                       to ``X-Forwarded-For``, which tells whose attempts to sign in are counted
``IDESLUSS_TRANSLATE_LOCAL``  ``1`` lets administrators connect a translation service that runs on
                       this machine or in your own network, also without https (default ``0``)
"""

from __future__ import annotations

import os
from pathlib import Path

from idesluss.site.environment import (
    database,
    flag,
    host_of,
    mail_box,
    mail_server,
    proxies,
    secret_key,
    service_url,
)

HOME = Path(os.environ.get("IDESLUSS_HOME", "data")).absolute()
PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = flag("IDESLUSS_DEBUG", default=False)
DEMO = flag("IDESLUSS_DEMO", default=False)
URL = service_url()
HTTPS = URL.startswith("https:")
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = [host_of(URL), "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "idesluss.records",
    "idesluss.people",
    "idesluss.programmes",
    "idesluss.ideas",
    "idesluss.assessment",
    "idesluss.funding",
    "idesluss.pilots",
    "idesluss.adoption",
    "idesluss.jobs",
    "idesluss.cli",
    "idesluss.web.frame",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "idesluss.web.frame.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "idesluss.web.frame.middleware.moment",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "idesluss.web.ideas.guests.short_stay",
    "idesluss.web.frame.middleware.Place",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "idesluss.web.urls"
WSGI_APPLICATION = "idesluss.site.wsgi.application"

WEB = PACKAGE / "web"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(WEB.glob("*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "idesluss.web.frame.context.frame",
            ],
        },
    },
    {
        "NAME": "letters",  # plain text, so nothing is escaped
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "mail" / "templates"],
        "OPTIONS": {"autoescape": False},
    },
]

FORM_RENDERER = "idesluss.web.frame.forms.Renderer"
CSRF_FAILURE_VIEW = "idesluss.web.frame.errors.csrf_failure"

DATABASES = {"default": database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

STATIC_URL = "/static/"
STATICFILES_DIRS = sorted(WEB.glob("*/static"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "idesluss.web.frame.staticfiles.Versioned"},
}
WHITENOISE_USE_FINDERS = True  # served from where the build puts them; nothing is collected
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 31_536_000  # addresses change with the content
MEDIA_ROOT = HOME / "files"
SEARCH_ROOT = Path(os.environ.get("IDESLUSS_SEARCH", HOME / "search")).absolute()
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "idesluss.web.frame.uploads.NotTooMuch",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

WIRING = "idesluss.site.wiring"  # which effects follow from which line of the records

MAIL = mail_server(none=DEMO)  # None: letters are kept, not sent
MAIL_FROM = os.environ.get("IDESLUSS_MAIL_FROM", f"idesluss@{host_of(URL)}")

TRANSLATE_LOCAL = flag("IDESLUSS_TRANSLATE_LOCAL", default=False)

MAIL_BOX = None if DEMO else mail_box()  # None: no mail comes in

# Signing in: a code by e-mail, or a passkey; nobody has a password, and nobody signs up. Who handed
# something in without an account follows it with a code of its own.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "idesluss.web.ideas.guests.FollowUpBackend",
]
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds; on one's own device two weeks, if one wishes
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {"django": {"handlers": [], "propagate": True}},  # no mail about every error
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "idesluss.web.people.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code that signs in has come by that address
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # an address that we do not know gets nothing
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "dashed": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_TIMEOUT = 20 * 60
ACCOUNT_FORMS = {
    "request_login_code": "idesluss.web.people.forms.signing_in.AddressForm",
    "confirm_login_code": "idesluss.web.people.forms.signing_in.CodeForm",
}
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,30/h/key"}
MFA_ADAPTER = "idesluss.web.people.adapters.PasskeyAdapter"
MFA_FORMS = {
    "add_webauthn": "idesluss.web.people.forms.signing_in.NewPasskeyForm",
    "edit_webauthn": "idesluss.web.people.forms.signing_in.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_REAUTHENTICATION_REQUIRED = False  # our own guard asks for a fresh sign-in
ALLAUTH_TRUSTED_PROXY_COUNT = proxies()

# What sign-in counts, to hold back guessing: shared by all processes, kept over restarts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_counted",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
