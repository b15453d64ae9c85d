"""How much a file that somebody sends may cost us."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class FilePolicy(BaseModel):
    """Bounds of the process that opens files; beyond, the file is refused with a sentence."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    megabytes: Annotated[int, Field(ge=1, le=20)] = 20
    """Megabytes of one file; Telegram gives a bot no more than 20."""
    memory_mb: Annotated[int, Field(ge=16, le=4_096)] = 256
    """Megabytes that opening one file may take (Linux)."""
    cpu_seconds: Annotated[int, Field(ge=1, le=120)] = 10
    """Seconds of computing that opening one file may take (Linux, macOS)."""
    seconds: Annotated[int, Field(ge=1, le=300)] = 20
    """Seconds after which an opening is given up, whatever it waits for."""
    fetch_seconds: Annotated[int, Field(ge=1, le=600)] = 60
    """Seconds after which fetching a file from Telegram is given up."""
    at_once: Annotated[int, Field(ge=1, le=16)] = 2
    """Files that are fetched and opened side by side; a person has one at a time."""
    idle_seconds: Annotated[int, Field(ge=0, le=86_400)] = 60
    """Seconds that the process waits for the next file before it ends; it holds about 100 MB."""
    max_answer: Annotated[int, Field(ge=100_000, le=100_000_000)] = 4_000_000
    """Bytes of what was read in a file."""
    max_pixels: Annotated[int, Field(ge=1_000_000, le=500_000_000)] = 120_000_000
    """Pixels of a picture; a telephone takes 12 to 108 million."""
    max_pages: Annotated[int, Field(ge=1, le=10_000)] = 1_000
    """Pages of a PDF."""
    max_objects: Annotated[int, Field(ge=1_000, le=1_000_000)] = 100_000
    """Objects of a PDF; a scan of thirty pages has some hundred."""
    max_parts: Annotated[int, Field(ge=100, le=20_000)] = 2_000
    """Files inside an Office document."""
    max_unzipped: Annotated[int, Field(ge=1_000_000, le=500_000_000)] = 100_000_000
    """Bytes of all parts of an Office document together, unpacked, pictures included."""
