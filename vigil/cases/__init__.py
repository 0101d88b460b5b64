"""What must people do about this subject?

Risk assessments, plans, meetings, actions, programmes. Nothing is built here yet."""
