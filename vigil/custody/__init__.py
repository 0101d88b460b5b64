"""Where is he held, and will he be let out before the order is served?

Times in custody as events; the detention clock beside the notice and the court list is not
built yet."""
