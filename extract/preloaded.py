"""What the server that begins all processes loads once for them."""

from schemas.unneeded import left_out

with left_out():
    import pandera.pandas
    import pandera.typing.dask  # noqa: F401

import extract.page  # noqa: F401
