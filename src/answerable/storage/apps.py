"""Names the storage app to Django."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "answerable.storage"
    label = "storage"
