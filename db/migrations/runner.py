"""Runs the migrations without an alembic.ini: the program carries its own configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


def upgrade(engine: Engine, target: str = "head") -> None:
    """Bring the database of `engine` up to `target`, in one transaction."""
    with engine.begin() as connection:
        command.upgrade(_config(connection), target)


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    return config
