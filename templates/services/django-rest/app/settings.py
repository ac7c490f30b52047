"""Django's settings, made from those in app.config."""

from app.config import load_settings
from app.database.settings import database

service = load_settings()

INSTALLED_APPS = ["rest_framework", "app.database", "app.items"]
MIDDLEWARE = [
    "app.middleware.RequestContextMiddleware",
    "app.middleware.BodyLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
]
ROOT_URLCONF = "app.urls"
WSGI_APPLICATION = "app.wsgi.application"

DATABASES = {"default": database(service.database_url.get_secret_value())} if service.database_url else {}
TABLE_PREFIX = service.table_prefix

APPEND_SLASH = False
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
LOGGING_CONFIG = None  # app.logging does it

# The reverse proxy in front of this service says who the client is, and lets only its own host names through.
ALLOWED_HOSTS = ["*"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
USE_X_FORWARDED_HOST = True
MAX_BODY_BYTES = DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],  # with your own, see README.md
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_PARSER_CLASSES": ["app.parsers.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "app.errors.exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
