from typing import Any

from rest_framework import serializers

from app.items.models import Item


class StringField(serializers.CharField):
    """Takes strings only, where CharField takes numbers as well."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class ItemSerializer(serializers.ModelSerializer):
    name = StringField(max_length=200)
    createdAt = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = Item
        fields = ("id", "name", "createdAt")
