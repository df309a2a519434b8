"""Forms drawn once: the same as crispy draws them, in each language, and nobody's words are kept."""

import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django.utils import translation

from cases.enums import Theme
from cases.forms import NoteForm, ThemeForm
from cases.templatetags import drawn as module
from cases.templatetags.drawn import drawn


@pytest.mark.parametrize("language", ["id", "en"])
def test_blank_form_is_what_crispy_draws(language):
    with translation.override(language):
        assert drawn(NoteForm()) == drawn(NoteForm()) == as_crispy_form(NoteForm())


def test_choice_is_drawn_as_chosen():
    theme = Theme.values[1]
    assert drawn(ThemeForm(initial={"theme": theme})) == as_crispy_form(ThemeForm(initial={"theme": theme}))


def test_words_and_answers_are_not_kept():
    module._drawn.cache_clear()
    drawn(ThemeForm(initial={"root_cause": "tertukar di rak"}))
    drawn(NoteForm({"text": "rahasia"}))
    assert module._drawn.cache_info().currsize == 0
