package io.github.conversations4j.internal.poll;

/** Hooks have no room: what is being compared stays where it is, and is compared again later. */
final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRoomException() {
        super("hooks have no room", null, false, false);
    }
}
