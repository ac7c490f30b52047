"""What routes ask for in their parameters. Tests replace these through `app.dependency_overrides`."""

from typing import Annotated

from fastapi import Depends, Request

from app.config import Settings
from app.inference import Inference
from app.stores.postgres import PostgresStore
from app.stores.redis import RedisStore


def get_settings(request: Request) -> Settings:
    return request.app.state.settings


def get_postgres(request: Request) -> PostgresStore:
    return request.app.state.postgres


def get_redis(request: Request) -> RedisStore:
    return request.app.state.redis


def get_inference(request: Request) -> Inference:
    return request.app.state.inference


SettingsDep = Annotated[Settings, Depends(get_settings)]
PostgresDep = Annotated[PostgresStore, Depends(get_postgres)]
RedisDep = Annotated[RedisStore, Depends(get_redis)]
InferenceDep = Annotated[Inference, Depends(get_inference)]
