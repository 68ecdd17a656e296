"""What is written around the surveys: reminders to units, paper forms."""
