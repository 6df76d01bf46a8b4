package io.github.conversations4j.internal.poll;

/** The source is closed: whatever it was doing ends here. */
final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("the source is closed", null, false, false);
    }
}
