"""What every test may rely on: fixed examples, no network, and the published rows where they are at hand."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A slow or shared machine is no defect, so no example has a deadline.
# `make test` draws the same examples every time; `make test-all` looks for new ones.
settings.register_profile("fixed", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1_000, print_blob=True)
settings.load_profile("fixed")

LOCAL = ("127.0.0.1", "::1", "localhost", None, "")


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse every connection that leaves this machine; a notebook's kernel is reached within it."""
    with pytest.MonkeyPatch.context() as patch:
        connect, look_up = socket.socket.connect, socket.getaddrinfo

        def connect_locally(self: socket.socket, address: Any) -> None:
            if self.family != socket.AF_UNIX and address[0] not in LOCAL:
                raise AssertionError(f"a test reaches for the network: {address}")
            connect(self, address)

        def look_up_locally(host: Any, *args: Any, **kwargs: Any) -> Any:
            if host not in LOCAL:
                raise AssertionError(f"a test reaches for the network: {host}")
            return look_up(host, *args, **kwargs)

        patch.setattr(socket.socket, "connect", connect_locally)
        patch.setattr(socket, "getaddrinfo", look_up_locally)
        yield


@pytest.fixture(scope="session")
def published() -> Path:
    """Give the folder of the published rows, or skip: they are public, but no part of the project."""
    beside = Path(__file__).parents[2] / "shared" / "published"
    folder = Path(os.environ.get("JIFEN_PUBLISHED", beside))
    if not folder.is_dir():
        pytest.skip("the published rows are not here: JIFEN_PUBLISHED names their folder")
    return folder
