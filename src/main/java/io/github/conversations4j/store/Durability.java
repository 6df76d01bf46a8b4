package io.github.conversations4j.store;

/** What an acknowledged change of a {@link FileCursorStore} has survived before it was acknowledged. */
public enum Durability {
    /**
     * Forced to the disk: it survives a power failure, as far as the disk is honest. Costs milliseconds, which threads that
     * save at the same time share.
     */
    DISK,
    /**
     * Handed to the operating system: it survives the death of the process, {@code kill -9} too, and not that of the
     * machine. Costs microseconds.
     */
    SYSTEM
}
