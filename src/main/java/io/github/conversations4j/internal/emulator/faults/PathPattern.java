package io.github.conversations4j.internal.emulator.faults;

import java.util.List;
import java.util.function.Predicate;

/**
 * A pattern for paths below {@code /v1}, which fits both of their forms: {@code *} stands for one segment, {@code **} at
 * the end for any number. Immutable.
 */
public final class PathPattern implements Predicate<String> {
    private static final String ONE = "*";
    private static final String REST = "**";
    private static final String VERSION = "/v1/";
    private static final String SERVICES = "Services";

    private final String text;
    private final List<String> segments;
    private final boolean open;

    /**
     * Reads a pattern.
     *
     * @param text for example {@code /Conversations/*}{@code /Messages}
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    public PathPattern(String text) {
        if (!text.startsWith("/") || text.length() == 1) {
            throw new IllegalArgumentException("path: must begin with a slash and name something, was " + text);
        }
        List<String> all = List.of(text.substring(1).split("/", -1));
        this.text = text;
        this.open = all.get(all.size() - 1).equals(REST);
        this.segments = open ? all.subList(0, all.size() - 1) : all;
    }

    @Override
    public boolean test(String path) {
        if (!path.startsWith(VERSION)) {
            return false;
        }
        List<String> whole = List.of(path.substring(VERSION.length()).split("/", -1));
        boolean longForm = whole.size() > 2 && whole.get(0).equals(SERVICES);
        return fits(whole) || (longForm && fits(whole.subList(2, whole.size())));
    }

    private boolean fits(List<String> path) {
        if (open ? path.size() < segments.size() : path.size() != segments.size()) {
            return false;
        }
        for (int at = 0; at < segments.size(); at++) {
            if (!segments.get(at).equals(ONE) && !segments.get(at).equals(path.get(at))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text;
    }
}
