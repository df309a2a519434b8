"""A component is drawn once for the same values, and never lets somebody's words through unescaped."""

from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from shops.templatetags import parts


def badge(label):
    template = Template('{% part "badge" kind="plain" value="" label=label %}')
    return template.render(Context({"label": label}))


def test_words_are_escaped_even_where_equal_safe_ones_came_first():
    assert "<b>halo</b>" in badge(mark_safe("<b>halo</b>"))
    assert "&lt;b&gt;halo&lt;/b&gt;" in badge("<b>halo</b>")


def test_each_language_has_its_own_drawing():
    label = gettext_lazy("Complaints")
    with translation.override("en"):
        assert "Complaints" in badge(label)
    with translation.override("id"):
        assert "Keluhan" in badge(label)


def test_the_same_values_are_drawn_once(monkeypatch):
    parts._drawn.cache_clear()
    first, second = badge("Terbuka"), badge("Terbuka")
    assert (first, parts._drawn.cache_info().misses) == (second, 1)


def test_values_that_cannot_be_kept_are_drawn_all_the_same():
    assert "[1]" in badge([1])
