from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("created_at", models.DateTimeField(db_default=Now())),
            ],
            # makemigrations writes the prefix of the day here: replace it as in this line.
            options={"db_table": f"{settings.TABLE_PREFIX}items"},
        ),
    ]
