"""Word, from a Document: package (zip and parts), shell (the template), body (the text), check (a restyled template)."""
