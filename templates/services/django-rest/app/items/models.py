from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class Item(models.Model):
    id = models.BigAutoField(primary_key=True)
    name = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        db_table = f"{settings.TABLE_PREFIX}items"

    def __str__(self) -> str:
        return self.name
