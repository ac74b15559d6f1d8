"""Making names in a folder durable."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_NO_SUCH_NOTION: Final = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP})


def flush_folder(folder: Path) -> None:
    """Have the names in `folder` outlive a power cut. Windows, and some network drives, do so by themselves.

    Raises OSError. `db.evidence` has the same for the store: that package and this one stand side by side and
    share only `domain`, which knows no files.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in _NO_SUCH_NOTION:
            raise
    finally:
        os.close(handle)
