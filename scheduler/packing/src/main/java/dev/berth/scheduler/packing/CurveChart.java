package dev.berth.scheduler.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;

/**
 * Curves of several policies on one workload as SVG: above what is allocated, below what is fragmented, both as shares of the
 * GPUs over the arrived demand. Colours are those of Okabe and Ito, which colour-blind people can tell apart.
 */
final class CurveChart {
    private static final String[] COLOURS = {
        "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8a8a", "#b8a200"
    };
    private static final int WIDTH = 760;
    private static final int LEFT = 56;
    private static final int RIGHT = 560;
    private static final int PANEL = 220;
    private static final int GAP = 64;
    private static final int TOP = 56;

    private final StringBuilder svg = new StringBuilder();

    private CurveChart() {}

    /** Draws outcomes of the same pods; the policy of the first is emphasised. */
    static String of(String pods, List<Outcome> outcomes) {
        CurveChart chart = new CurveChart();
        chart.open(pods);
        chart.panel(TOP, "allocated", outcomes, Curve::allocation, true);
        chart.panel(TOP + PANEL + GAP, "fragmented", outcomes, Curve::fragmentation, false);
        chart.svg.append("</svg>\n");
        return chart.svg.toString();
    }

    private void open(String pods) {
        int height = TOP + 2 * PANEL + GAP + 48;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\""
                        + " font-size=\"12\">",
                WIDTH, height);
        add("<title>Allocation and fragmentation over arrived demand, workload %s</title>", escaped(pods));
        add("<style>text{fill:#333}.grid{stroke:#ddd}.line{fill:none;stroke-width:1.5}.first{stroke-width:3}"
                + "@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#444}}</style>");
        add(
                "<text x=\"%d\" y=\"24\" font-size=\"15\" font-weight=\"600\">Share of the GPUs over arrived demand, workload"
                        + " %s</text>",
                LEFT, escaped(pods));
    }

    private void panel(
            int top, String what, List<Outcome> outcomes, Function<Curve, double[]> points, boolean greatestFirst) {
        double most = outcomes.stream()
                .mapToDouble(outcome -> greatest(points.apply(outcome.curve())))
                .max()
                .orElse(1);
        double step = most > 0.5 ? 0.2 : most > 0.1 ? 0.05 : 0.01;
        double ceiling = Math.max(step, Math.ceil(most / step - 1e-9) * step);
        DoubleUnaryOperator y = share -> top + PANEL - share / ceiling * PANEL;
        grid(top, what, step, ceiling, y);
        List<Integer> order = new ArrayList<>();
        for (int i = outcomes.size() - 1; i >= 0; i--) {
            line(points.apply(outcomes.get(i).curve()), i, y);
            order.add(i);
        }
        Comparator<Integer> byEnd = Comparator.comparingDouble(
                i -> last(points.apply(outcomes.get(i).curve())));
        order.sort(greatestFirst ? byEnd.reversed() : byEnd);
        for (int place = 0; place < order.size(); place++) {
            int i = order.get(place);
            Outcome outcome = outcomes.get(i);
            legend(top + 12 + place * 20, i, outcome.policy().name(), last(points.apply(outcome.curve())));
        }
    }

    private void grid(int top, String what, double step, double ceiling, DoubleUnaryOperator y) {
        for (double share = 0; share <= ceiling + 1e-9; share += step) {
            double at = y.applyAsDouble(share);
            add("<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", LEFT, at, RIGHT, at);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f %%</text>", LEFT - 6, at + 4, 100 * share);
        }
        for (int load = 0; load < Curve.POINTS; load += 20) {
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%d</text>", x(load), top + PANEL + 18, load);
        }
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">demand, %% of the GPUs</text><text x=\"%d\" y=\"%d\">%s</text>",
                RIGHT, top + PANEL + 36, LEFT, top - 8, what);
    }

    private void line(double[] points, int policy, DoubleUnaryOperator y) {
        StringBuilder path = new StringBuilder();
        for (int load = 0; load < points.length; load++) {
            if (!Double.isNaN(points[load])) {
                path.append(String.format(
                        Locale.ROOT,
                        "%s%.1f %.1f",
                        path.isEmpty() ? "M" : "L",
                        x(load),
                        y.applyAsDouble(points[load])));
            }
        }
        add("<path class=\"line%s\" stroke=\"%s\" d=\"%s\"/>", policy == 0 ? " first" : "", colour(policy), path);
    }

    private void legend(int at, int policy, String name, double share) {
        add("<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>", RIGHT + 20, at - 10, colour(policy));
        add(
                "<text x=\"%d\" y=\"%d\"%s>%s %.2f %%</text>",
                RIGHT + 38, at, policy == 0 ? " font-weight=\"600\"" : "", escaped(name), 100 * share);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static double x(int load) {
        return LEFT + (double) (RIGHT - LEFT) * load / (Curve.POINTS - 1);
    }

    private static String colour(int policy) {
        return COLOURS[policy % COLOURS.length];
    }

    private static double greatest(double[] points) {
        double most = 0;
        for (double point : points) {
            most = Double.isNaN(point) ? most : Math.max(most, point);
        }
        return most;
    }

    private static double last(double[] points) {
        for (int load = points.length - 1; load >= 0; load--) {
            if (!Double.isNaN(points[load])) {
                return points[load];
            }
        }
        return 0;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
