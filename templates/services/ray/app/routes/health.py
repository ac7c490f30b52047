"""Is it alive, is it ready, and what is here."""

import asyncio
from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from app.dependencies import InferenceDep, PostgresDep, RedisDep, SettingsDep
from app.stores import StoreStatus

router = APIRouter(tags=["service"])


class Health(BaseModel):
    status: Literal["healthy"] = "healthy"
    service: str
    timestamp: datetime


class Readiness(BaseModel):
    status: Literal["ready", "not ready"]
    checks: dict[str, StoreStatus]


class Index(BaseModel):
    service: str
    endpoints: list[str]


@router.get("/")
async def index(request: Request, settings: SettingsDep) -> Index:
    paths: dict[str, dict] = request.app.openapi()["paths"]
    endpoints = [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods]
    return Index(service=settings.service_name, endpoints=endpoints)


@router.get("/health")
async def health(settings: SettingsDep) -> Health:
    """Liveness. Must not touch a store: restarting this service would not repair a database."""
    return Health(service=settings.service_name, timestamp=datetime.now(UTC))


@router.get("/ready", responses={503: {"model": Readiness}})
async def ready(response: Response, postgres: PostgresDep, redis: RedisDep, inference: InferenceDep) -> Readiness:
    names = ("postgres", "redis", "model")
    statuses = await asyncio.gather(postgres.status(), redis.status(), inference.status())
    checks = dict(zip(names, statuses, strict=True))
    if "down" in checks.values():
        response.status_code = 503
        return Readiness(status="not ready", checks=checks)
    return Readiness(status="ready", checks=checks)
