"""What is known of the tables before a document is read."""

from __future__ import annotations

KEY_COLUMN = {"tasks": "task_id", "indicators": "indicator_id", "growth": "line_id"}

TEXT_COLUMN = {"tasks": "task", "indicators": "name", "growth": "name"}
REQUIRED = {
    "tasks": ("task_id", "task", "lead", "deadline"),
    "indicators": ("indicator_id", "name", "target"),  # or a column for each year
    "growth": ("line_id", "name", "value"),
}

NUMBER_COLUMNS = {
    "groups": "group_id",
    "tasks": "task_id",
    "indicators": "indicator_id",
    "growth": "line_id",
    "paragraphs": "number",
}

TEXT_COLUMNS = {
    "appendices": "title", "groups": "title", "tasks": "task", "indicators": "name", "growth": "name", "paragraphs": "text",
    "extras": "value", "other_cells": "text",
}  # fmt: skip
