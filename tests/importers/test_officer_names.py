"""Officers' names are struck out of texts however they are written, and ordinary words stay. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transparency.importers.officer_names import name_striker

UNLISTED = name_striker(())


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Meet PC 123AB Jones at noon", "Meet [an officer] at noon"),
        ("Meet PC1234 Jones at noon", "Meet [an officer] at noon"),
        ("Meet pcso7123SN jones at noon", "Meet [an officer] at noon"),
        ("Meet PC Jones 123AB at noon", "Meet [an officer] at noon"),
        ("Meet PC Jones (4567) at noon", "Meet [an officer] at noon"),
        ("ask pc jones", "ask [an officer]"),
        ("ask pc sarah jones for help", "ask [an officer] for help"),
        ("ask pc j. jones", "ask [an officer]"),
        ("PCs Jones and Smith will attend", "[an officer] will attend"),
        ("PCs Jones, Smith & O'Brien will attend", "[an officer] will attend"),
        ("PC Jones & Smith will attend", "[an officer] will attend"),
        ("PC Jones and Smith.", "[an officer]."),
        ("DS Jones, WPC Hale and Det. Sgt Reed", "[an officer], [an officer] and [an officer]"),
        ("pcs jones and smith", "[an officer]"),
        ("Sgt Okonkwo-Hale", "[an officer]"),
        ("sgt. smith", "[an officer]"),
        ("T/Sgt Hale, A/PS Brown", "[an officer], [an officer]"),
        ("Inspector Hale was there", "[an officer] was there"),
        ("Chief Inspector Ann Hale spoke", "[an officer] spoke"),
        ("Insp. Hale", "[an officer]"),
        ("inspector hale", "[an officer]"),
        ("PCSO O’Leary", "[an officer]"),
        ("PCSO D'Arcy's surgery", "[an officer] surgery"),
        ("P.C.S.O. Ann van der Berg", "[an officer]"),
        ("DWO Hale and PCSO Reed", "[an officer] and [an officer]"),
        ("Dedicated Ward Officer: Ann Hale", "[an officer]"),
        ("PC J.P. Hale", "[an officer]"),
        ("P.C.Hale", "[an officer]"),
        ("PC HALE WILL BE THERE", "[an officer] WILL BE THERE"),
        ("PC Will Hale", "[an officer]"),
        ("PC May is new", "[an officer] is new"),
        ("PC Hale 10am Tuesday", "[an officer] 10am Tuesday"),
        ("the PC, PC Hale, left", "the PC, [an officer], left"),
        ("PC Hale and Camden Council", "[an officer] and Camden Council"),
        ("PC Hale, Town Hall", "[an officer], Town Hall"),
        ("PC Hale and the team", "[an officer] and the team"),
        ("PC Hale and PCSO.", "[an officer] and PCSO."),
    ],
)
def test_a_name_after_a_title_is_struck_out(text: str, left: str) -> None:
    assert UNLISTED(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "the pc was repaired",
        "Your local pc visits on Monday",
        "a new pc donated by residents",
        "PCSO surgery on Tuesday",
        "PCSO Surgery, Drop In",
        "PC Tuesday 10 am",
        "PCs and PCSOs of the ward",
        "A PC and a PCSO",
        "a police officer attended",
        "special constable recruitment",
        "our officers meet residents",
        "the inspector spoke",
        "PCSO will call",
        "Pc's were seized",
        "Two PCs patrol Camden High Street",
        "PC posts are vacant",
        "dwo.abbey@x.example",
        "https://x.example/pc.html?dwo=abbey",
    ],
)
def test_ordinary_words_stay(text: str) -> None:
    assert UNLISTED(text) == text


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("PC Ann O'Thistle", "Ann O’Thistle hosts", "[an officer] hosts"),
        ("Ann O’Thistle", "O'Thistle, Ann", "[an officer]"),
        ("Ann Smith-Hale", "A. Smith Hale and Ann Smith‑Hale", "[an officer] and [an officer]"),
        ("PC 123AB Hale", "ask Mr Hale", "ask [an officer]"),
        ("Hale", "Hale Road", "Hale Road"),
        ("", "nobody", "nobody"),
        ("12345", "12345", "12345"),
    ],
)
def test_a_listed_officer_is_struck_out_in_every_spelling(name: str, text: str, left: str) -> None:
    assert name_striker([name])(text) == left


@given(
    st.sampled_from(["PC", "P.C.", "PCSO", "Sgt", "Inspector", "Insp.", "DWO", "PC 123AB", "PCs Ann Hale and"]),
    st.from_regex(r"[A-Z][a-z]{2,9}((-| O'|['’])[A-Z][a-z]{2,9})?zx", fullmatch=True),
)
def test_no_name_is_left_after_a_title(title: str, name: str) -> None:
    assert UNLISTED(f"Meet {title} {name} at noon") == "Meet [an officer] at noon"
