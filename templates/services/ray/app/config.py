"""Every setting of the service. Read from the environment and validated once, at start."""

import json
import sys
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Literal

import psycopg
from psycopg.conninfo import conninfo_to_dict
from pydantic import AliasChoices, BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from redis.asyncio import ConnectionPool


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_ignore_empty=True, frozen=True, validate_by_name=True)

    port: int = Field(8000, ge=1, le=65535, validation_alias=AliasChoices("PORT", "SERVICE_PORT"))
    service_name: str = "service"
    env: str = "production"
    log_level: Annotated[Literal["debug", "info", "warn", "warning", "error"], BeforeValidator(str.lower)] = "info"
    healthcheck_path: str = Field("/health", pattern=r"^/[A-Za-z0-9._~/-]*$")
    database_url: SecretStr | None = None
    table_prefix: str = Field("", pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$")
    redis_url: SecretStr | None = None
    redis_prefix: str = ""

    @field_validator("database_url")
    @classmethod
    def _check_database_url(cls, url: SecretStr | None) -> SecretStr | None:
        if url:
            try:
                conninfo_to_dict(url.get_secret_value())
            except psycopg.ProgrammingError:
                raise ValueError("is not a Postgres URL") from None
        return url

    @field_validator("redis_url")
    @classmethod
    def _check_redis_url(cls, url: SecretStr | None) -> SecretStr | None:
        if url:
            try:
                ConnectionPool.from_url(url.get_secret_value())
            except ValueError:
                raise ValueError("is not a Redis URL") from None
        return url


@lru_cache
def load_settings() -> Settings:
    """The settings of this process; ends it with one log line if they are wrong."""
    try:
        return Settings()
    except ValidationError as error:
        # Names and reasons only: a rejected value may be a secret.
        problems = [f"{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors(include_input=False)]
        line = {
            "time": datetime.now(UTC).isoformat().replace("+00:00", "Z"),
            "level": "error",
            "service": "service",
            "message": f"invalid configuration: {'; '.join(problems)}",
        }
        print(json.dumps(line), flush=True)
        sys.exit(1)
