package io.github.conversations4j.error;

/**
 * Another client has taken over the cursors of the same scope, in this process or another. Nothing was written, and
 * nothing that the former owner does will be written any more: it must stop delivering, or events are delivered twice.
 */
public final class OwnershipLostException extends CursorStoreException {
    private static final long serialVersionUID = 1L;

    /** The epoch of the owner that was refused. */
    private final long epoch;

    /** The epoch of the owner that there is now. */
    private final long currentEpoch;

    /**
     * Makes an exception.
     *
     * @param scope whose cursors were to be read or written
     * @param epoch the epoch of the owner that was refused
     * @param currentEpoch the epoch of the owner that there is now
     */
    public OwnershipLostException(String scope, long epoch, long currentEpoch) {
        super("cursors of " + scope + ": they were taken over by another client (epoch " + currentEpoch + ", ours is "
                + epoch + "). Nothing was written. Let only one client deliver the events of a scope");
        this.epoch = epoch;
        this.currentEpoch = currentEpoch;
    }

    /**
     * When the refused owner took over, counted in owners.
     *
     * @return its epoch
     */
    public long epoch() {
        return epoch;
    }

    /**
     * When the present owner took over, counted in owners.
     *
     * @return its epoch, greater than {@link #epoch}; 0 if the store knows of none, because it was emptied
     */
    public long currentEpoch() {
        return currentEpoch;
    }
}
