"""What is typed in: cleaned here, decided by the commands."""
