"""Puts the application together."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app.config import Settings, load_settings
from app.errors import install_error_handlers
from app.logging import configure_logging
from app.requests import install_request_context
from app.routes import health, hits, items
from app.stores.postgres import PostgresStore
from app.stores.redis import RedisStore

MAX_BODY_BYTES = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    settings = settings or load_settings()
    configure_logging(settings)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES
    app.json.sort_keys = False
    app.url_map.strict_slashes = True
    app.url_map.merge_slashes = False
    app.url_map.redirect_defaults = False
    app.extensions["settings"] = settings
    app.extensions["postgres"] = PostgresStore(settings.database_url, settings.table_prefix)
    app.extensions["redis"] = RedisStore(settings.redis_url, settings.redis_prefix)

    # The reverse proxy in front of this service says who the client is.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)
    install_request_context(app, quiet_paths=frozenset({"/health", "/ready", settings.healthcheck_path}))
    install_error_handlers(app)

    app.register_blueprint(health.blueprint)
    app.register_blueprint(items.blueprint)
    app.register_blueprint(hits.blueprint)
    # Unless it is a route already.
    if settings.healthcheck_path not in {rule.rule for rule in app.url_map.iter_rules()}:
        app.add_url_rule(settings.healthcheck_path, "healthcheck", health.health)
    return app
