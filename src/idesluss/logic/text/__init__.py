"""How a text in a Nordic language is read by the search: words, stems, parts, cognates, notions.

The way of a word: ``folding`` (letters), ``splitting`` (a compound's parts), ``stems`` (what
inflects it), ``cognates`` (the neighbour's spelling), ``notions`` (the same thing in five
languages). ``analysing`` says all of it of a text, ``asking`` of a question.
"""
