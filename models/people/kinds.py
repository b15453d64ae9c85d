"""The kinds of units: apart from their rows, since policies and words name them, too."""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    PROVINCE = "province"  # tỉnh ủy, thành ủy
    COMMUNE = "commune"  # đảng ủy xã, phường, đặc khu
    BASE = "base"  # đảng ủy cơ sở
    SECTION = "section"  # đảng bộ bộ phận
    CELL = "cell"  # chi bộ
