"""Joining a meeting and what comes after it."""

from models.attendance.rows import AttendancePolicy, Conclusion, ConclusionReceipt, JoinLink, NotNow

__all__ = ["AttendancePolicy", "Conclusion", "ConclusionReceipt", "JoinLink", "NotNow"]
