"""Django's settings: strings only. Where the data lies comes from the mechanism's folder."""

INSTALLED_APPS = ["answerable.storage.apps.StorageConfig"]
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
