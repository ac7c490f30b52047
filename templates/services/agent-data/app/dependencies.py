"""What routes ask for in their parameters. Tests replace these through `app.dependency_overrides`."""

from typing import Annotated

from fastapi import Depends, Request

from app.agent import Agent
from app.config import Settings
from app.data import Data
from app.stores.postgres import PostgresStore
from app.stores.redis import RedisStore


def get_settings(request: Request) -> Settings:
    return request.app.state.settings


def get_postgres(request: Request) -> PostgresStore:
    return request.app.state.postgres


def get_redis(request: Request) -> RedisStore:
    return request.app.state.redis


def get_data(request: Request) -> Data:
    return request.app.state.data


def get_agent(request: Request) -> Agent:
    return request.app.state.agent


SettingsDep = Annotated[Settings, Depends(get_settings)]
PostgresDep = Annotated[PostgresStore, Depends(get_postgres)]
RedisDep = Annotated[RedisStore, Depends(get_redis)]
DataDep = Annotated[Data, Depends(get_data)]
AgentDep = Annotated[Agent, Depends(get_agent)]
