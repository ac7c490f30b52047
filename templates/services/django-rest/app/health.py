"""Is it alive, is it ready, and what is here."""

from datetime import UTC, datetime

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from app import redis
from app.config import load_settings
from app.database import postgres


class Index(APIView):
    def get(self, _: Request) -> Response:
        from app.urls import routes

        endpoints = [
            f"{method.upper()} /{route.pattern}"
            for route in routes
            for method in ("get", "post")
            if hasattr(route.callback.cls, method)
        ]
        return Response({"service": load_settings().service_name, "endpoints": endpoints})


class Health(APIView):
    """Liveness. Must not touch a store: restarting this service would not repair a database."""

    def get(self, _: Request) -> Response:
        timestamp = datetime.now(UTC).isoformat().replace("+00:00", "Z")
        return Response({"status": "healthy", "service": load_settings().service_name, "timestamp": timestamp})


class Ready(APIView):
    def get(self, _: Request) -> Response:
        checks = {"postgres": postgres.status(), "redis": redis.status()}
        if "down" in checks.values():
            return Response({"status": "not ready", "checks": checks}, status=503)
        return Response({"status": "ready", "checks": checks})
