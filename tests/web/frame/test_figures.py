"""A table of figures: every cell in its place, and nothing in it is markup."""

from idesluss.web.frame.figures import Cell, table


def test_a_table_links_figures_to_their_rows_and_marks_what_is_hidden():
    rows = [(Cell("2024", "/2024/"), [Cell("12", "/a/?b=1&c=2"), Cell("dolt", hidden=True)])]
    assert table("Åren", ["År", "Inkomna", "Övriga"], rows) == (
        '<table class="ds-table figures" data-border><caption class="sr-only">Åren</caption>'
        '<thead><tr><th scope="col">År</th><th scope="col" class="amount">Inkomna</th>'
        '<th scope="col" class="amount">Övriga</th></tr></thead>'
        '<tbody><tr><th scope="row"><a href="/2024/">2024</a></th>'
        '<td class="amount"><a href="/a/?b=1&amp;c=2">12</a></td>'
        '<td class="amount hidden-figure">dolt</td></tr></tbody></table>'
    )


def test_words_of_people_are_never_markup():
    bad = '<b title="x">'
    drawn = table(bad, [bad, bad], [(Cell(bad, bad), [Cell(bad)])])
    assert "<b" not in drawn
    assert drawn.count("&lt;b title=&quot;x&quot;&gt;") == 6
