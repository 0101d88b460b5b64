"""Will he be let out before the order is served?

Detentions, and the detention clock beside the notice and the court list. Nothing is built
here yet."""
