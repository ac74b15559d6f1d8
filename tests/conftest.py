"""What holds for every test: no window, no network, no folder of the real user, a current catalogue."""

from __future__ import annotations

import gettext
import ipaddress
import itertools
import os
import shutil
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from tools import catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent

# Where a program looks for the user's own files, on Linux and on Windows.
USER_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": "run",
}
# What the machine's user may have set for the program, or for the language of a message.
USER_CHOICES = (
    "PARINDEX_HOME",
    "PARINDEX_PASSPHRASE",
    "PARINDEX_NEW_PASSPHRASE",
    "PARINDEX_PERSON",
    "PARINDEX_PIN",
    "PARINDEX_NEW_PIN",
    "LANGUAGE",
    "LC_MESSAGES",
)

SESSION = Path(tempfile.mkdtemp(prefix="parindex-tests-"))
USERS = itertools.count()

# Slow machines are no failures; in CI a change fails only by what it changed.
settings.register_profile(
    "parindex",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("parindex")


def pytest_configure(config: pytest.Config) -> None:
    """Cut the whole session off from the machine before the first import of ours."""
    config.add_cleanup(lambda: shutil.rmtree(SESSION, ignore_errors=True))
    os.environ.update(user_folders(SESSION / "session"))
    for name in USER_CHOICES:
        os.environ.pop(name, None)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["PYTHONPATH"] = str(ROOT)  # for the processes that tests start
    socket.socket.connect = _at_home(socket.socket.connect)  # type: ignore[method-assign]  # the guard
    socket.socket.connect_ex = _at_home(socket.socket.connect_ex)  # type: ignore[method-assign]  # the guard
    catalogue.compile_if_stale()


@pytest.fixture(autouse=True)
def _user_of_its_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test an empty user folder, and take back what a command line set for its whole process."""
    for name, value in user_folders(SESSION / str(next(USERS))).items():
        monkeypatch.setenv(name, value)
    for name in USER_CHOICES:
        monkeypatch.setenv(name, "")  # so that a value set by the program itself is undone as well
        monkeypatch.delenv(name)
    yield
    gettext.textdomain("messages")


def user_folders(folder: Path) -> dict[str, str]:
    """The variables that move the user's folders into `folder`, where they are made."""
    places = {name: folder / place for name, place in USER_FOLDERS.items()}
    for place in places.values():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {name: str(place) for name, place in places.items()}


def _at_home(connect: Callable[..., Any]) -> Callable[..., Any]:
    """`connect` that does not leave this machine; asyncio on Windows talks to itself by loopback."""

    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            try:
                local = ipaddress.ip_address(address[0]).is_loopback
            except ValueError:
                local = address[0] == "localhost"
            if not local:
                raise PermissionError(f"a test tried to reach {address}; tests have no network")
        return connect(self, address)

    return guarded
