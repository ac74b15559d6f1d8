"""Tests of pages run in a dressed application, at a province of their own."""

from __future__ import annotations

from tests.offices import made_scene, scene
from tests.ui.dressed import dressed

__all__ = ["dressed", "made_scene", "scene"]
