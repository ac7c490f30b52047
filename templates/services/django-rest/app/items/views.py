from typing import Any

from rest_framework.generics import ListCreateAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from app.items.models import Item
from app.items.serializers import ItemSerializer

PAGE_SIZE = 100


class Items(ListCreateAPIView):
    queryset = Item.objects.order_by("-id")
    serializer_class = ItemSerializer

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The newest items."""
        items = self.get_serializer(self.get_queryset()[:PAGE_SIZE], many=True)
        return Response({"items": items.data})
