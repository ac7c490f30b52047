"""Example: a counter in Redis."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from app import redis


class Hits(APIView):
    def post(self, _: Request) -> Response:
        return Response({"hits": redis.count_hit()})
