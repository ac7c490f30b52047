"""Which view answers which path."""

from django.urls import path

from app.config import load_settings
from app.health import Health, Index, Ready
from app.hits import Hits
from app.items.views import Items

handler400 = "app.errors.bad_request"
handler404 = "app.errors.not_found"
handler500 = "app.errors.internal_error"

routes = [
    path("", Index.as_view()),
    path("health", Health.as_view()),
    path("ready", Ready.as_view()),
    path("items", Items.as_view()),
    path("hits", Hits.as_view()),
]

# The health path comes last, so that it never takes the place of another route.
urlpatterns = [*routes, path(load_settings().healthcheck_path[1:], Health.as_view())]
