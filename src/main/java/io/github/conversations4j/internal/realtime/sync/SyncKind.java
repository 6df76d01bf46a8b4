package io.github.conversations4j.internal.realtime.sync;

/** The kinds of Sync objects. */
public enum SyncKind {
    /** One JSON value. */
    DOCUMENT("document", "Documents"),
    /** JSON values by index. */
    LIST("list", "Lists"),
    /** JSON values by key. */
    MAP("map", "Maps");

    private final String wireName;
    private final String path;

    SyncKind(String wireName, String path) {
        this.wireName = wireName;
        this.path = path;
    }

    /** How the kind is called in packets. */
    String wireName() {
        return wireName;
    }

    /** The collection in addresses. */
    String path() {
        return path;
    }
}
