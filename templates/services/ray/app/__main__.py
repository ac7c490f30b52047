"""Entry point: `python -m app`."""

import os
import signal

import uvicorn

from app.config import load_settings
from app.console import capture_console
from app.logging import configure_logging

# Only the reverse proxy, on a private network, may say who the client is.
TRUSTED_PROXIES = ["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]


def main() -> None:
    settings = load_settings()
    configure_logging(settings)
    capture_console()

    # Once it has shut down, uvicorn raises the signal that stopped it again. Here that means success. Ray may still be
    # starting, in a thread that cannot be interrupted: its processes end with this one.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))

    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host="0.0.0.0",
        port=settings.port,
        access_log=False,  # app.middleware logs requests
        log_config=None,
        forwarded_allow_ips=TRUSTED_PROXIES,
        server_header=False,
        timeout_keep_alive=75,  # longer than the proxy's, so that it never reuses a closed connection
        timeout_graceful_shutdown=10,
    )


if __name__ == "__main__":
    main()
