"""Why an office does not take in a bundle that is in order by itself: who signed it, and whom it is for."""

from __future__ import annotations

from parindex_desktop.domain.errors import BundleRefused, ParIndexError
from parindex_desktop.domain.messages import msgid


class SignerUnknown(BundleRefused):
    """The key is in no register held here."""

    code = "bundle.signer_unknown"
    template = msgid(
        "The bundle is signed with a key that is not enrolled. Nothing was taken in; enrol the office's key from its "
        "signing request, then open the bundle again."
    )


class SignerOfAnotherUnit(BundleRefused):
    """A key speaks for its own unit only."""

    code = "bundle.signer_of_another_unit"
    template = msgid(
        "The bundle says that it comes from another office than the one whose key signed it (“{name}”). "
        "Nothing was taken in; ask that office what it sent."
    )


class SignerRevoked(BundleRefused):
    """The key was revoked, and this revision is not among those still believed."""

    code = "bundle.signer_revoked"
    template = msgid(
        "The bundle is signed with a key that was revoked ({reason}). Nothing was taken in; the office must hand over "
        "again with its new key."
    )


class NotForThisOffice(BundleRefused):
    """A bundle of a kind that this office does not take in."""

    code = "bundle.not_for_this_office"
    template = msgid(
        "The bundle is not meant for this office. Nothing was taken in; pass it on to the right one."
    )


class TrainingNotTaken(BundleRefused):
    """Exercises never count."""

    code = "bundle.training"
    template = msgid(
        "The bundle was made for training, so its figures are not real. Nothing was taken in; ask the office to hand "
        "over its real self-assessment."
    )


class DraftNotTaken(BundleRefused):
    """A draft passes between two machines of one office only."""

    code = "bundle.draft"
    template = msgid(
        "The bundle is a draft between two machines of its office, not a hand-over. Nothing was taken in; "
        "ask the office to lock, sign and hand over (Nộp hồ sơ)."
    )


class BundleBug(ParIndexError):
    """Something that nobody foresaw happened while one bundle was taken in; the batch goes on."""

    code = "bundle.bug"
    template = msgid(
        "The program failed on this bundle, which is a fault of the program. Nothing of it was taken in; send the file "
        "and the log to the makers of the program, and go on with the other bundles."
    )
