"""What a page shows in one piece: in the order of the script, and nothing lost when a part fails."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from transparency.outlets.dashboard.exhibits import begin_page, fragment, in_one_piece
    from transparency.outlets.dashboard.frame import part

    begin_page()
    with in_one_piece():
        fragment("<p>one</p>")
        fragment("<p>two</p>")
        with part("The third part"):
            fragment("<p>three</p>")
            raise ValueError("told to the log alone")
        fragment("<p>four</p>")
    st.html("after")


def test_what_is_shown_in_one_piece_keeps_its_order_around_a_failing_part() -> None:
    _block, *shown = AppTest.from_function(_page).run().main
    assert [element.type for element in shown] == ["html", "warning", "html", "html"]
    first, failed, last, after = (str(element.proto.body) for element in shown)
    assert first == '<div class="tp"><p>one</p></div><div class="tp"><p>two</p></div><div class="tp"><p>three</p></div>'
    assert failed.startswith("The third part cannot be shown at the moment.")
    assert last == '<div class="tp"><p>four</p></div>'
    assert after == "after"
