from django.apps import AppConfig


class ItemsConfig(AppConfig):
    """Example: a resource in Postgres."""

    name = "app.items"
