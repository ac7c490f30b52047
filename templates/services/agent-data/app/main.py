"""Puts the application together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.agent import Agent
from app.config import Settings, load_settings
from app.data import Data
from app.errors import ErrorBody, install_error_handlers
from app.logging import configure_logging
from app.middleware import BodyLimitMiddleware, RequestContextMiddleware
from app.routes import ask, health, hits, items, query
from app.stores.postgres import PostgresStore
from app.stores.redis import RedisStore

MAX_BODY_BYTES = 1024 * 1024


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    async with (
        PostgresStore(settings.database_url, settings.table_prefix) as app.state.postgres,
        RedisStore(settings.redis_url, settings.redis_prefix) as app.state.redis,
    ):
        app.state.data = Data(settings.data_dir, app.state.postgres)
        app.state.agent = Agent(settings, app.state.data)
        yield
        await app.state.agent.close()


def create_app(settings: Settings | None = None) -> FastAPI:
    settings = settings or load_settings()
    configure_logging(settings)  # again, because with --reload this runs in a process of its own

    app = FastAPI(
        title=settings.service_name,
        lifespan=lifespan,
        # /docs and /redoc need the OpenAPI document: they are gone with it.
        openapi_url="/openapi.json" if settings.env in ("dev", "development") else None,
        redirect_slashes=False,
        responses={"default": {"model": ErrorBody}},
    )
    app.state.settings = settings

    # The last one added is the first to see a request.
    app.add_middleware(BodyLimitMiddleware, max_bytes=MAX_BODY_BYTES)
    app.add_middleware(
        RequestContextMiddleware, quiet_paths=frozenset({"/health", "/ready", settings.healthcheck_path})
    )
    install_error_handlers(app)

    app.include_router(health.router)
    app.include_router(ask.router)
    app.include_router(query.router)
    app.include_router(items.router)
    app.include_router(hits.router)
    # Last, so that it never takes the place of another route.
    app.add_api_route(settings.healthcheck_path, health.health, include_in_schema=False)
    return app
