"""Which standard an archive keeps to, and what it says of itself. No Django."""

from typing import BinaryIO

from digna.packages.standards import cmi5, h5p, scorm
from digna.packages.standards.archive import Archive
from digna.packages.standards.values import Broken, Described

READERS = ((cmi5.MANIFEST, cmi5.read), (scorm.MANIFEST, scorm.read), (h5p.MANIFEST, h5p.read))


def read(file: BinaryIO) -> tuple[Archive, Described]:
    """Examine an archive and read its manifest.

    Raises:
        Broken: `not_package`, or whatever the archive or its standard says.
    """
    archive = Archive(file)
    for manifest, reader in READERS:
        if archive.holds(manifest):
            return archive, reader(archive)
    nested = [path for path in archive.paths if path.rsplit("/", 1)[-1] in dict(READERS)]
    if nested:
        raise Broken("nested", path=nested[0])
    raise Broken("not_package")
