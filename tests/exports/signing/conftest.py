"""One province and one commune for all tests of signing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from exports.signing import authority, cms, keys

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

NOW = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
UNIT = "7d3a0c52-1a44-4f7a-9b62-0a5f6f6f0001"


@dataclass(frozen=True)
class Office:
    root_key: ec.EllipticCurvePrivateKey
    root: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate
    now: datetime = NOW
    unit: str = UNIT

    def sign(self, content: bytes) -> bytes:
        return cms.sign(content, self.key, self.certificate, [self.root], self.now)


@pytest.fixture(scope="session")
def office() -> Office:
    root_key, root = authority.new_authority("Tỉnh Lào Cai", NOW)
    key = keys.new_key()
    certificate = authority.issue(
        root_key,
        root,
        key.public_key(),
        name="Xã Mường Khương",
        unit_id=UNIT,
        valid_from=NOW,
        valid_to=NOW + timedelta(days=3650),
    )
    return Office(root_key, root, key, certificate)
