"""The frames of blame: what a customer says when they hold themselves, the shop, or nobody responsible.

Patterns are explained in `language.frames`, classes listed in `lexicon`. The shop's courier, platform and supplier count as
the shop (domain.md 0.1, S0-06, S0-11). Own text; no phrase is taken from anybody's data.
"""

from __future__ import annotations

from complaints.attribution.frames import open_question, own_slip, shops_failure
from language.frames import Frame

FRAMES: tuple[Frame, ...] = (*own_slip.FRAMES, *shops_failure.FRAMES, *open_question.FRAMES)

# Frames that alone settle the matter for a reader; where all of them speak against the model, staff must look.
STRONG = frozenset(
    [
        *(
            "my_fault",
            "me_only",
            "typo",
            "pressed",
            "forgot",
            "me_forgot",
            "stupid_me",
            "my_bad",
            "on_me",
            "by_accident",
        ),
        *("not_my_fault", "i_was_right", "wanted_got", "different_from", "cheated", "demand", "proof", "rude"),
        *("own_then_shop", "admin_said", "refund_stuck", "no_packing"),
        *(
            "slip_then_shop",
            "thought_me_was_shop",
            "not_my_slip",
            "not_me_who",
            "they_did_right",
            "not_shops_fault",
            "purely_mine",
        ),
        *("thought_listing", "misread", "overslept_alone", "mixed_up", "broke_it", "fault_at_own"),
        *(
            "yang_slip_shop",
            "why_me",
            "even_if_me",
            "slip_was_factory",
            "from_factory",
            "never_ordered",
            "no_video_but",
        ),
        *("not_mishandled", "days_before", "weeks_before"),
    ]
)

# Frames that deny what other frames read inside them: "bukan aku yang salah pilih" holds no slip of the customer's,
# "tokonya ga salah" none of the shop's.
DENIALS = frozenset(
    [
        *("not_my_fault", "not_my_slip", "not_slipped", "me_not_slipped", "not_me_who", "dont_blame_me", "accused"),
        "thought_me_was_shop",
        "slip_then_nothing",
        "says_it_was_me",
        "cannot_be_me",
        *("no_fault_found", "never_a_fault"),
        *("not_shops_fault", "they_did_right", "not_blaming", "thought_listing"),
        *("why_me", "even_if_me", "slip_was_factory", "no_video_but", "not_mishandled"),
    ]
)
