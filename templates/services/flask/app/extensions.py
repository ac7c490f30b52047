"""What routes need: `settings`, `postgres` and `redis` of the application that handles the request."""

from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from app.config import Settings
from app.stores.postgres import PostgresStore
from app.stores.redis import RedisStore

settings = cast(Settings, LocalProxy(lambda: current_app.extensions["settings"]))
postgres = cast(PostgresStore, LocalProxy(lambda: current_app.extensions["postgres"]))
redis = cast(RedisStore, LocalProxy(lambda: current_app.extensions["redis"]))
