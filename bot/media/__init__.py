"""Photos of citizens: checked and stripped (clean), then kept in one folder (keep)."""
