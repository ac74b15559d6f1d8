"""verify: anybody may check a bundle; a register also tells whose key it is, and whether it still counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parindex_desktop.services import enrolling, receiving
from tests.offices import UNITS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.running import Terminal
    from tests.offices import Scene

REASON = "Máy tính bị mất"


def province_that_revoked(scene: Scene, *taken_in: str) -> Path:
    """The province took these bundles in, then took the keys of Bản Hồ back."""
    province = scene.office("province")
    receiving.take_in(province, [scene.file(name) for name in taken_in])
    enrolling.revoke(province, "03001", REASON)
    province.close()
    scene.opened.clear()
    return province.home


def test_a_bundle_of_a_revoked_key_is_not_called_good(parindex: Terminal, scene: Scene) -> None:
    home = province_that_revoked(scene)
    ran = parindex("verify", scene.file("ban-ho-1.cchc"), home=home)
    assert ran.status == 3
    assert REASON in ran.out
    assert ran.out.rstrip().endswith("[verify.key_revoked]")
    told = parindex("--json", "verify", scene.file("ban-ho-1.cchc"), home=home).data
    assert told["error"]["code"] == "verify.key_revoked"
    (bundle,) = told["bundles"]
    assert (bundle["error"], bundle["revoked"], bundle["enrolled"]) == (None, told["error"], UNITS["03001"])
    assert REASON in told["error"]["message"]


def test_what_is_still_believed_of_a_revoked_key_is_good(parindex: Terminal, scene: Scene) -> None:
    """Lần 2 was taken in before; lần 1, which it continues, is believed with it; the draft is not."""
    home = province_that_revoked(scene, "ban-ho-2.cchc")
    good = parindex.json("verify", scene.file("ban-ho-1.cchc"), scene.file("ban-ho-2.cchc"), home=home)
    assert [each["revoked"] for each in good["bundles"]] == [None, None]
    assert "error" not in good
    assert parindex("verify", scene.file("ban-ho-draft.cchc"), home=home).status == 3


def test_a_bundle_can_be_checked_while_the_window_is_open(parindex: Terminal, scene: Scene) -> None:
    home = scene.office("province").home
    told = parindex.json("verify", scene.file("ban-ho-1.cchc"), home=home)
    assert (told["register"], told["bundles"][0]["enrolled"]) == (False, None)
    ran = parindex("--lang", "en", "verify", scene.file("ban-ho-1.cchc"), home=home)
    assert (ran.status, "open in another window" in ran.out) == (0, True)
    scene.office("province").close()
    told = parindex.json("verify", scene.file("ban-ho-1.cchc"), home=home)
    assert (told["register"], told["bundles"][0]["enrolled"]) == (True, UNITS["03001"])
