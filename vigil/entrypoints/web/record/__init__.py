"""The ledger's page: is the record whole, who did what, who looked at whom, when and why."""
