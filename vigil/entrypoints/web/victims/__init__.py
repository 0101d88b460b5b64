"""Pages of protected persons, for who may read them: her officers and her own advocate.

No name stands in a title or an address. Draws no map: coordinates are typed and shown as typed."""
