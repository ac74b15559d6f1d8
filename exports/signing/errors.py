"""Why a signature is refused: one class for each reason."""

from __future__ import annotations

from parindex_desktop.domain.errors import BundleRefused
from parindex_desktop.domain.messages import msgid


class SignatureInvalid(BundleRefused):
    """The signature does not belong to these bytes, or was not made by the key that it names."""

    code = "bundle.signature_invalid"
    template = msgid(
        "The signature does not fit the bundle: it was changed after signing, or another key signed it. "
        "Nothing was taken in; ask the sender to export the bundle again."
    )


class SignatureForeignProfile(BundleRefused):
    """The signature is not in the one form that bundles have."""

    code = "bundle.signature_foreign"
    template = msgid(
        "The signature of the bundle is not in the agreed form ({place}). Nothing was taken in; "
        "ask the sender to export the bundle again with this program."
    )


class SignerMissing(BundleRefused):
    """The signature does not carry the certificate of its signer."""

    code = "bundle.signer_missing"
    template = msgid(
        "The bundle does not say with which key it was signed. Nothing was taken in; "
        "ask the sender to export the bundle again with this program."
    )
