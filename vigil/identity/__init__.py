"""Which reports are about the same person?

Cleaning, blocking, the model, scoring, clusters, human judgements and search. `face.identify`
is the one public face of the linkage engine; `actions` and `queries` are the record's side.
It proposes; it registers nobody, and it never merges two people: it stores judgements.
"""
