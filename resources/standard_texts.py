"""The sentences of Python's argparse that users of the command line meet.

Nothing reads this list while the program runs: argparse asks the catalogue by itself once
`language.speak_in_argparse` has been called. It stands here so that the catalogue holds them.
"""

from __future__ import annotations

from typing import Final

from resources.language import msgid

ARGPARSE: Final = (
    msgid("usage: "),
    msgid("positional arguments"),
    msgid("options"),
    msgid("show this help message and exit"),
    msgid("show program's version number and exit"),
    msgid("%(heading)s:"),
    msgid("%(prog)s: error: %(message)s\n"),
    msgid("argument %(argument_name)s: %(message)s"),
    msgid("the following arguments are required: %s"),
    msgid("one of the arguments %s is required"),
    msgid("unrecognized arguments: %s"),
    msgid("not allowed with argument %s"),
    msgid("ignored explicit argument %r"),
    msgid("expected one argument"),
    msgid("expected at most one argument"),
    msgid("expected at least one argument"),
    msgid("ambiguous option: %(option)s could match %(matches)s"),
    msgid("invalid choice: %(value)r (choose from %(choices)s)"),
    msgid("invalid choice: %(value)r, maybe you meant %(closest)r? (choose from %(choices)s)"),
    msgid("invalid %(type)s value: %(value)r"),
    msgid("can't open '%(filename)s': %(error)s"),
)
