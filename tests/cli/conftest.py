"""What the tests of cli share."""

from __future__ import annotations

from tests.offices import made_scene, scene

__all__ = ["made_scene", "scene"]
