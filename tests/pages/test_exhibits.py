"""What a page shows in one piece: in the order of its description, and nothing lost when a part fails."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    from transparency.core.vocabulary import today
    from transparency.outlets.dashboard.show import Writer
    from transparency.pages.page import Asked, Part
    from transparency.pages.progress import PROGRESS
    from transparency.store.current import shared_store

    def fail(*_: object) -> str:
        raise ValueError("told to the log alone")

    writer = Writer(shared_store(), PROGRESS, Asked(today()))
    for name, make in (
        ("The first part", lambda *_: "<p>one</p>"),
        ("The second part", lambda *_: ("<p>two</p>", None, "<p>more</p>")),
        ("The third part", fail),
        ("The fourth part", lambda *_: "<p>four</p>"),
    ):
        writer.part(Part(name, make))
    writer.flush()


def test_what_is_shown_in_one_piece_keeps_its_order_around_a_failing_part() -> None:
    _block, *shown = AppTest.from_function(_page, default_timeout=180).run().main
    assert [element.type for element in shown] == ["html", "warning", "html"]
    first, failed, last = (str(element.proto.body) for element in shown)
    assert first == '<div class="tp"><p>one</p></div><div class="tp"><p>two</p></div><div class="tp"><p>more</p></div>'
    assert failed.startswith("The third part cannot be shown at the moment.")
    assert last == '<div class="tp"><p>four</p></div>'
