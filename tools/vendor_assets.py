"""Derives the vendored browser assets again from the npm packages of the lock.

`python -m tools.vendor_assets` writes them and their manifest; `--check` writes nothing and exits
with 1 when what is committed is not what the lock gives. Users never run it: the assets are in the
repository, and a test holds each file to its sum. It refuses a web font, a crown, and a file that
would ask another machine for anything.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "vigil/entrypoints/web/static/vendor"
SOURCE = ROOT / "vigil/entrypoints/web/kit/kit.scss"
SHIPPED = {
    "kit.css": ["govuk-frontend", "@ministryofjustice/frontend"],
    "htmx.min.js": ["htmx.org"],
}
PACKAGES = ("@ministryofjustice/frontend", "govuk-frontend", "htmx.org", "sass")
# What a package calls its licence, where SPDX has another name for it.
SPDX = {"BSD-0-Clause": "0BSD"}
BANNER = "/*! Parts of {names}, MIT licence, Crown copyright. See licences.txt. */\n"
REFUSED = re.compile(rb"@font-face|GDS Transport|crown\b|url\((?!data:)|@import|sourceMappingURL")


class RefusedAssetError(Exception):
    """An asset would load something, or carries a mark that is not ours to use."""


def packages() -> dict[str, dict[str, str]]:
    """Name, version, npm integrity and SPDX licence of each package, as the lock has them."""
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    found = {}
    for name in PACKAGES:
        entry = lock[f"node_modules/{name}"]
        found[name] = {
            "version": entry["version"],
            "integrity": entry["integrity"],
            "spdx": SPDX.get(entry["license"], entry["license"]),
        }
    return found


def install() -> None:
    """Installs the packages of the lock, running no script of theirs."""
    subprocess.run(["npm", "ci", "--ignore-scripts", "--silent"], cwd=ROOT, check=True)


def derive() -> dict[str, bytes]:
    """Each vendored file as the installed packages give it.

    Raises RefusedAssetError when one has a font, a crown, or an address to load from.
    """
    names = " and ".join(f"{name} {packages()[name]['version']}" for name in SHIPPED["kit.css"])
    files = {
        "kit.css": (BANNER.format(names=names) + _compiled()).encode(),
        "htmx.min.js": (MODULES / "htmx.org/dist/htmx.min.js").read_bytes(),
    }
    for name, content in files.items():
        found = REFUSED.search(content) if name.endswith(".css") else None
        if found:
            raise RefusedAssetError(f"{name} holds {found[0].decode()!r}: leave that part out.")
    return files


def _compiled() -> str:
    sass = MODULES / "sass/sass.js"
    flags = ["--no-source-map", "--no-charset", "--style=compressed", "--quiet-deps"]
    command = ["node", str(sass), *flags, f"--load-path={ROOT}", str(SOURCE)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def manifest(files: dict[str, bytes]) -> str:
    """The manifest: what each file is made from, and the sum by which it is known."""
    return (
        json.dumps(
            {
                "packages": packages(),
                "files": {
                    name: {
                        "from": SHIPPED[name],
                        "bytes": len(content),
                        "sha256": hashlib.sha256(content).hexdigest(),
                    }
                    for name, content in sorted(files.items())
                },
            },
            indent=2,
        )
        + "\n"
    )


def main(arguments: list[str] | None = None) -> int:
    """Writes the assets, or with `--check` only compares them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 on a difference"
    )
    is_check = parser.parse_args(arguments).check
    if not MODULES.is_dir():
        install()
    files = derive()
    wanted = {**files, "manifest.json": manifest(files).encode()}
    differing = [
        name
        for name, content in wanted.items()
        if not (VENDOR / name).is_file() or (VENDOR / name).read_bytes() != content
    ]
    if is_check:
        for name in differing:
            print(f"{name} is not what the lock gives: run python -m tools.vendor_assets")
        return int(bool(differing))
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name in differing:
        (VENDOR / name).write_bytes(wanted[name])
        print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
