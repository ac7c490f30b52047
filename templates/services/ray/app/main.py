"""Puts the application together."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app import cluster
from app.config import Settings, load_settings
from app.errors import ErrorBody, install_error_handlers
from app.inference import Inference
from app.middleware import BodyLimitMiddleware, RequestContextMiddleware
from app.routes import embeddings, health, hits, items
from app.stores.postgres import PostgresStore
from app.stores.redis import RedisStore

MAX_BODY_BYTES = 1024 * 1024


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings: Settings = app.state.settings
    async with (
        PostgresStore(settings.database_url, settings.table_prefix) as app.state.postgres,
        RedisStore(settings.redis_url, settings.redis_prefix) as app.state.redis,
        app.state.inference,
    ):
        yield


def create_app(settings: Settings | None = None, inference: Inference | None = None) -> FastAPI:
    settings = settings or load_settings()

    app = FastAPI(
        title=settings.service_name,
        lifespan=lifespan,
        # /docs and /redoc need the OpenAPI document: they are gone with it.
        openapi_url="/openapi.json" if settings.env in ("dev", "development") else None,
        redirect_slashes=False,
        responses={"default": {"model": ErrorBody}},
    )
    app.state.settings = settings
    app.state.inference = inference or Inference(cluster.start, cluster.stop)

    # The last one added is the first to see a request.
    app.add_middleware(BodyLimitMiddleware, max_bytes=MAX_BODY_BYTES)
    app.add_middleware(
        RequestContextMiddleware, quiet_paths=frozenset({"/health", "/ready", settings.healthcheck_path})
    )
    install_error_handlers(app)

    app.include_router(health.router)
    app.include_router(embeddings.router)
    app.include_router(items.router)
    app.include_router(hits.router)
    # Last, so that it never takes the place of another route.
    app.add_api_route(settings.healthcheck_path, health.health, include_in_schema=False)
    return app
