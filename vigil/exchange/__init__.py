"""What leaves or enters, to whom, on what legal ground?

Measures across borders, hand-overs, disclosures, blind queries. Nothing is built here yet."""
