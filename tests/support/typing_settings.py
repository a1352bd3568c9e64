"""The settings by which mypy reads models: every app that has some, and no database."""

from pathlib import Path

_SRC = Path(__file__).parents[2] / "src"

INSTALLED_APPS = sorted(
    ".".join(models.parent.relative_to(_SRC).parts)
    for models in [*_SRC.rglob("models.py"), *_SRC.rglob("models/")]
)
SECRET_KEY = "read by nobody: mypy signs nothing"  # noqa: S105 - no secret
