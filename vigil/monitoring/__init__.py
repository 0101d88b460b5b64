"""Is it kept? What is due, and what is late?

Duties and their clocks, what became late and when, alerts to those who must act."""
