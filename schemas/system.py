"""What the operating system refuses, as errors that say what, where and what to do."""

from __future__ import annotations

import errno
import tempfile

from schemas.errors import DiskFull, FileTrouble, NoMemory, PipelineError


def system_error(error: OSError | MemoryError, command: str) -> PipelineError:
    """What the operating system said as an error of ours; where it names no file, the command says where."""
    if isinstance(error, MemoryError) or error.errno == errno.ENOMEM:
        return NoMemory("there is too little memory", command, "make memory free, or lower extract.jobs in params.yaml; run again")
    place = str(error.filename or command)
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return DiskFull(
            "the disk is full, or no file may be so large", place, "make room and run again; what was published before is whole"
        )
    if error.errno is None:  # multiprocessing's word for it: its sockets stand there
        return FileTrouble("the name of the folder for temporary files is too long", tempfile.gettempdir(), "set TMPDIR to a shorter one")
    return FileTrouble((error.strerror or "a file could not be read or written").lower(), place, "look at the file and its permissions")
