"""Meetings, attendance, tasks, notices."""
