"""What happens because time passes: the morning sweep, the delivery of the outbox, and their timetable."""
