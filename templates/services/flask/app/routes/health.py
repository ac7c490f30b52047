"""Is it alive, is it ready, and what is here."""

from datetime import UTC, datetime

from flask import Blueprint, current_app

from app.extensions import postgres, redis, settings

blueprint = Blueprint("health", __name__)


@blueprint.get("/")
def index() -> dict:
    rules = [rule for rule in current_app.url_map.iter_rules() if rule.endpoint != "healthcheck"]
    endpoints = [f"{method} {rule.rule}" for rule in rules for method in sorted(rule.methods & {"GET", "POST"})]
    return {"service": settings.service_name, "endpoints": endpoints}


@blueprint.get("/health")
def health() -> dict:
    """Liveness. Must not touch a store: restarting this service would not repair a database."""
    timestamp = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return {"status": "healthy", "service": settings.service_name, "timestamp": timestamp}


@blueprint.get("/ready")
def ready() -> tuple[dict, int]:
    checks = {"postgres": postgres.status(), "redis": redis.status()}
    if "down" in checks.values():
        return {"status": "not ready", "checks": checks}, 503
    return {"status": "ready", "checks": checks}, 200
