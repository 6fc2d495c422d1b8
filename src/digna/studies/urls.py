"""Addresses of this room."""

from digna.studies import assessment_urls

app_name = "studies"
urlpatterns = [*assessment_urls.urlpatterns]
