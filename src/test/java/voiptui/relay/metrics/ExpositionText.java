package voiptui.relay.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of Prometheus' text format, version 0.0.4, written from its documentation. It also holds metrics to the conventions for
 * names. Anything wrong is an {@link AssertionError}.
 */
final class ExpositionText {

    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (\\S.*)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram|summary)");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (-?[0-9.]+(?:E[-+]?[0-9]+)?|\\+Inf|-Inf|NaN)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    /** A metric with its samples by the text before the value. */
    record Metric(String name, String type, String help, Map<String, Double> samples) {}

    private final Map<String, Metric> metrics = new LinkedHashMap<>();

    private ExpositionText() {}

    static ExpositionText parse(String text) {
        ExpositionText parsed = new ExpositionText();
        require(text.endsWith("\n"), "the last line must end", text);
        String help = null;
        String helpOf = null;
        Metric current = null;
        for (String line : text.split("\n")) {
            Matcher helpLine = HELP.matcher(line);
            Matcher typeLine = TYPE.matcher(line);
            if (helpLine.matches()) {
                helpOf = helpLine.group(1);
                help = helpLine.group(2);
                current = null;
            } else if (typeLine.matches()) {
                require(typeLine.group(1).equals(helpOf), "HELP must stand before TYPE", line);
                current = new Metric(helpOf, typeLine.group(2), help, new LinkedHashMap<>());
                require(parsed.metrics.put(helpOf, current) == null, "each metric stands once, together", line);
                checkName(current);
            } else {
                require(!line.startsWith("#") && current != null, "no such line is allowed here", line);
                addSample(current, line);
            }
        }
        parsed.metrics.values().stream()
                .filter(metric -> metric.type.equals("histogram"))
                .forEach(ExpositionText::checkHistogram);
        return parsed;
    }

    private static void checkName(Metric metric) {
        String name = metric.name;
        boolean isCounter = metric.type.equals("counter");
        require(isCounter == name.endsWith("_total"), "counters and nothing else end in _total", name);
        require(
                !name.matches(".*_(ms|ns|us|millis\\w*|minutes|hours|kb|kilobytes|percent)(_.*)?"),
                "units are seconds, bytes and ratios",
                name);
        require(!name.matches(".*_(count|sum|bucket)"), "these endings are for samples", name);
        require(metric.help.matches("[A-Za-z0-9].*[.a-zA-Z0-9)]"), "HELP is a sentence or a phrase", metric.help);
    }

    private static void addSample(Metric metric, String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), "not a sample", line);
        String name = sample.group(1);
        boolean fits = switch (metric.type) {
            case "histogram" ->
                Set.of(metric.name + "_bucket", metric.name + "_sum", metric.name + "_count")
                        .contains(name);
            case "summary" ->
                Set.of(metric.name, metric.name + "_sum", metric.name + "_count")
                        .contains(name);
            default -> metric.name.equals(name);
        };
        require(fits, "not a sample of " + metric.name, line);
        labels(sample.group(2) == null ? "" : sample.group(2));
        String key = line.substring(0, line.lastIndexOf(' '));
        require(metric.samples.put(key, value(sample.group(3))) == null, "the same series twice", line);
    }

    private static double value(String text) {
        return text.equals("+Inf")
                ? Double.POSITIVE_INFINITY
                : text.equals("-Inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            require(label.find(end) && label.start() == end, "not a label", text);
            require(labels.put(label.group(1), label.group(2)) == null, "the same label twice", text);
            end = label.end();
        }
        return labels;
    }

    private static void checkHistogram(Metric metric) {
        Map<Map<String, String>, List<double[]>> buckets = new LinkedHashMap<>();
        Map<Map<String, String>, Double> counts = new LinkedHashMap<>();
        Set<Map<String, String>> sums = new HashSet<>();
        metric.samples.forEach((key, value) -> {
            int brace = key.indexOf('{');
            Map<String, String> labels = labels(brace < 0 ? "" : key.substring(brace + 1, key.length() - 1));
            String name = brace < 0 ? key : key.substring(0, brace);
            if (name.endsWith("_bucket")) {
                String bound = labels.remove("le");
                require(bound != null, "a bucket has a bound", key);
                buckets.computeIfAbsent(labels, none -> new ArrayList<>()).add(new double[] {value(bound), value});
            } else if (name.endsWith("_count")) {
                counts.put(labels, value);
            } else {
                sums.add(labels);
            }
        });
        require(!buckets.isEmpty(), "a histogram has buckets", metric.name);
        require(buckets.keySet().equals(counts.keySet()) && sums.equals(counts.keySet()), "count and sum", metric.name);
        buckets.forEach((labels, list) -> {
            for (int i = 1; i < list.size(); i++) {
                require(list.get(i)[0] > list.get(i - 1)[0], "bounds ascend", metric.name);
                require(list.get(i)[1] >= list.get(i - 1)[1], "buckets are cumulative", metric.name);
            }
            double[] last = list.get(list.size() - 1);
            require(last[0] == Double.POSITIVE_INFINITY, "the last bucket is +Inf", metric.name);
            require(last[1] == counts.get(labels), "the last bucket counts all", metric.name);
        });
    }

    private static void require(boolean holds, String rule, String where) {
        if (!holds) {
            throw new AssertionError(rule + ": " + where);
        }
    }

    /** The metrics by name. */
    Map<String, Metric> metrics() {
        return metrics;
    }

    /** The value of a series, written as in the text. */
    double value(String metric, String series) {
        Metric found = metrics.get(metric);
        require(found != null && found.samples.containsKey(series), "no such series", series);
        return found.samples.get(series);
    }

    double seriesOf(String series) {
        return value(series.replaceFirst("\\{.*", ""), series);
    }
}
