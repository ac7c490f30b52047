from django.apps import AppConfig
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder


class DatabaseConfig(AppConfig):
    name = "app.database"

    def ready(self) -> None:
        # Several services may share the database: each keeps its own history of migrations.
        MigrationRecorder.Migration._meta.db_table = f"{settings.TABLE_PREFIX}django_migrations"
