"""What the tests of faults share."""

from __future__ import annotations

from tests.offices import made_scene, scene

__all__ = ["made_scene", "scene"]
