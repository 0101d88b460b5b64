"""The vendored assets are what the manifest says, and load nothing from anywhere."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tools import vendor_assets
from vigil.entrypoints.web.kit.environment import WEB

VENDOR = WEB / "static/vendor"
MANIFEST = json.loads((VENDOR / "manifest.json").read_text())
STYLES = [VENDOR / "kit.css", WEB / "static/vigil/theme.css", WEB / "static/vigil/law.css"]


@pytest.mark.parametrize("name", sorted(MANIFEST["files"]))
def test_each_file_has_the_sum_of_the_manifest(name: str) -> None:
    content = (VENDOR / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == MANIFEST["files"][name]["sha256"]
    assert len(content) == MANIFEST["files"][name]["bytes"]


def test_no_file_lies_there_that_the_manifest_does_not_name() -> None:
    lying = {path.name for path in VENDOR.iterdir()} - {"manifest.json", "licences.txt"}
    assert lying == set(MANIFEST["files"])


def test_the_manifest_has_the_packages_of_the_lock() -> None:
    assert MANIFEST["packages"] == vendor_assets.packages()
    for package in MANIFEST["packages"].values():
        assert package["integrity"].startswith("sha512-")
        assert package["spdx"] in {"MIT", "0BSD"}


def test_the_lock_names_no_registry() -> None:
    lock = (vendor_assets.ROOT / "package-lock.json").read_text()
    assert '"resolved"' not in lock


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_a_style_sheet_loads_no_font_no_crown_and_nothing_from_elsewhere(path: Path) -> None:
    assert not vendor_assets.REFUSED.search(path.read_bytes())


@pytest.mark.parametrize(("path", "most"), list(zip(STYLES, [17_000, 6_000, 2_000], strict=True)))
def test_a_style_sheet_weighs_little_on_the_air(path: Path, most: int) -> None:
    assert 1_000 < len(gzip.compress(path.read_bytes(), 9)) <= most


@pytest.mark.node
@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node, which users do not")
def test_the_assets_derive_again_from_the_lock() -> None:
    if not vendor_assets.MODULES.is_dir():
        vendor_assets.install()
    assert vendor_assets.main(["--check"]) == 0


def test_an_asset_that_brings_a_font_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor_assets, "_compiled", lambda: "@font-face{src:url(x.woff2)}")
    monkeypatch.setattr(vendor_assets, "MODULES", Path(__file__).parent / "modules")
    script = vendor_assets.MODULES / "htmx.org/dist/htmx.min.js"
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"" if path == script else b"?")
    with pytest.raises(vendor_assets.RefusedAssetError, match="font-face"):
        vendor_assets.derive()
