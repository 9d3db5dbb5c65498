"""Charts of measured properties."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology.lexicon import load_lexicon
from queries.charts import ChartError, chart_points, find_property, plot_property, write_figure


def test_each_affirmed_value_is_a_point(measure):
    claims = [measure("Li6PS5Cl", 1e-3), measure("Li6PS5Cl", 2e-3, polarity="negated")]
    (point,) = chart_points(claims, by="material", lexicon=load_lexicon())
    assert (point.group, point.value) == ("Li6PS5Cl", 1e-3)


@pytest.mark.parametrize(
    ("by", "group"),
    [("family", "argyrodite electrolyte"), ("method", "ball milling"), ("material", "Li6PS5Cl")],
)
def test_points_are_grouped(measure, by, group):
    claims = [measure("Li6PS5Cl", 1e-3, conditions={"method": "ball-milling"})]
    (point,) = chart_points(claims, by=by, lexicon=load_lexicon())
    assert point.group == group


def test_what_is_not_known_has_its_own_group(measure):
    lexicon = load_lexicon()
    claims = [measure("an unheard-of stuff", 1e-3)]
    assert [point.group for point in chart_points(claims, by="family", lexicon=lexicon)] == ["other"]
    assert [point.group for point in chart_points(claims, by="method", lexicon=lexicon)] == ["not stated"]


def test_a_point_shows_its_sentence_and_cannot_carry_markup(measure):
    claims = [measure("Li6PS5Cl", 1e-3, quote="<b>it</b> conducts", refs=[4])]
    (point,) = chart_points(claims, by="material", lexicon=load_lexicon())
    assert "&lt;b&gt;it&lt;/b&gt; conducts" in point.hover
    assert "notes [4]" in point.hover


@pytest.mark.parametrize(
    "name", ["ionic_conductivity", "ionic conductivity", "Ionic-Conductivity", "Li+ conductivity"]
)
def test_a_property_is_found_by_key_and_by_name(name):
    assert find_property(name, lexicon=load_lexicon()).key == "ionic_conductivity"


def test_an_unknown_property_is_refused_with_the_known_ones():
    with pytest.raises(ChartError, match=r"'smell' is no measured property.*ionic_conductivity"):
        find_property("smell", lexicon=load_lexicon())


class TestFigure:
    """What needs Plotly."""

    @pytest.fixture(autouse=True)
    def _plotly(self):
        pytest.importorskip("plotly", reason="charts need the optional Plotly")

    @pytest.mark.parametrize(
        ("values", "axis"), [((1e-7, 1e-3), "log"), ((1e-3, 2e-3), "linear"), ((0, 1e-3), "linear")]
    )
    def test_the_axis_follows_the_values(self, known, measure, values, axis):
        graph = known(*(measure("Li6PS5Cl", value) for value in values))
        assert plot_property(graph, "ionic_conductivity").layout.yaxis.type == axis

    def test_groups_stand_in_the_order_of_their_medians(self, known, measure):
        graph = known(measure("Li6PS5Cl", 1e-3), measure("Li7P3S11", 1e-2), measure("Li3PS4", 1e-4))
        figure = plot_property(graph, "ionic_conductivity", by="material")
        assert [trace.name for trace in figure.data if trace.type == "box"] == [
            "Li3PS4",
            "Li6PS5Cl",
            "Li7P3S11",
        ]
        assert figure.layout.yaxis.title.text == "ionic conductivity (S/cm)"

    def test_a_range_is_drawn_from_end_to_end(self, known, measure):
        figure = plot_property(known(measure("Li6PS5Cl", 1e-4, value_max=1e-3)), "ionic_conductivity")
        (line,) = [trace for trace in figure.data if trace.type == "scatter"]
        assert list(line.y) == [1e-4, 1e-3, None]

    def test_a_page_needs_no_network(self, known, measure, tmp_path: Path):
        file = tmp_path / "chart.html"
        write_figure(plot_property(known(measure("Li6PS5Cl", 1e-3)), "ionic_conductivity"), file)
        text = file.read_text(encoding="utf-8")
        assert "Li6PS5Cl" in text
        assert "<script src=" not in text

    def test_no_value_no_chart(self, known):
        with pytest.raises(ChartError, match="no value of ionic conductivity"):
            plot_property(known(), "ionic_conductivity")

    def test_another_ending_is_refused(self, known, measure, tmp_path: Path):
        figure = plot_property(known(measure("Li6PS5Cl", 1e-3)), "ionic_conductivity")
        with pytest.raises(ChartError, match="html, svg, png"):
            write_figure(figure, tmp_path / "chart.bmp")

    def test_a_picture_that_cannot_be_made_says_what_to_do(self, known, measure, tmp_path: Path, monkeypatch):
        figure = plot_property(known(measure("Li6PS5Cl", 1e-3)), "ionic_conductivity")

        def fail(*args, **options):
            raise RuntimeError("no browser")

        monkeypatch.setattr(type(figure), "write_image", fail)
        with pytest.raises(ChartError, match=r"needs kaleido.*\.html"):
            write_figure(figure, tmp_path / "chart.svg")
