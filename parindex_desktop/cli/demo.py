"""demo: the whole round trip, played into a folder."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from parindex_desktop.cli.context import Context, Reply

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from parindex_desktop.domain.messages import Message


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser], tr: Callable[[str], str]) -> None:
    """Add the command of this module."""
    demo = commands.add_parser(
        "demo", help=tr("play the round trip of one province and six communes into a folder")
    )
    demo.add_argument("folder", type=Path, metavar="DIR", help=tr("a new folder"))
    demo.set_defaults(run=_demo)


def _demo(context: Context, args: argparse.Namespace) -> Reply:
    # ReportLab is needed for the specimen documents, by no other command of this module's neighbours.
    from parindex_desktop.services.demonstration import PASSPHRASE, play  # noqa: PLC0415

    told: list[str] = []

    def tell(step: Message) -> None:
        told.append(context.said(step))
        if not context.quiet:
            sys.stdout.write(told[-1] + "\n")
            sys.stdout.flush()

    play(args.folder, tell)
    return Reply(
        {"folder": str(args.folder), "steps": told},
        [
            context.tr(
                "Look into {folder}: bundles/, reports/, root.pem, and homes/ (passphrase “{passphrase}”).",
                folder=args.folder,
                passphrase=PASSPHRASE,
            )
        ],
    )
