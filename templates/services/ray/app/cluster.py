"""Ray, as a part of this service: one node in this container, with a token that only its own processes know."""

import logging
import os
import secrets
import signal
import threading
from asyncio import AbstractEventLoop

import ray
from ray import serve
from ray.serve.handle import DeploymentHandle

from app.deployment import build_application

# For what is passed between processes. Ray would take 30 % of the machine's memory.
OBJECT_STORE_BYTES = 128 * 1024 * 1024


def start(loop: AbstractEventLoop) -> DeploymentHandle:
    """Blocks until a replica of each deployment is ready."""
    _hand_over_logs()
    os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)  # else Ray writes one to the home directory
    ray.init(
        address="local",
        include_dashboard=False,
        configure_logging=False,
        object_store_memory=OBJECT_STORE_BYTES,
    )
    loop.call_soon_threadsafe(_keep_sigterm)
    # HTTP is ours: Serve's proxy is killed while it still answers, and knows neither our limits nor our log.
    serve.start(proxy_location="Disabled", logging_config={"log_level": "WARNING"})
    return serve.run(
        build_application(),
        route_prefix=None,
        logging_config={"log_level": "WARNING", "enable_access_log": False},
    )


def stop() -> None:
    serve.shutdown()
    ray.shutdown()


def _hand_over_logs() -> None:
    """Ray gives its loggers handlers of their own when it is imported; ours write JSON."""
    for name in ("ray", "ray.serve"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True


def _keep_sigterm() -> None:
    """Ray puts a handler of its own before Python's, which kills the process three seconds after the signal."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.getsignal(signal.SIGTERM))
