"""Charts as SVG, the same in page and PDF: bars against comparators, a population pyramid, a forest plot.

A chart is a frozen value made of figures that may be published. Its `figure` is what templates/charts/figure.html
shows: the pictures, and the table under them. docs/decisions/0026-charts.md says why it is done by hand.
"""
