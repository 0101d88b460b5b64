"""What changes the record of duties, alerts and jobs, by noun."""
