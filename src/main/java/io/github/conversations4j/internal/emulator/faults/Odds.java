package io.github.conversations4j.internal.emulator.faults;

/**
 * How often a fault strikes among what it is meant for. Immutable.
 *
 * @param share how much of it, from 0 to 1
 * @param most how many times in all
 */
public record Odds(double share, long most) {
    /** Strikes everything, for ever. */
    public static final Odds ALWAYS = new Odds(1, Long.MAX_VALUE);

    /** Refuses odds that are none. */
    public Odds {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share: must be 0 to 1, was " + share);
        }
        if (most < 1) {
            throw new IllegalArgumentException("next: must be 1 or more, was " + most);
        }
    }

    /**
     * The same with another share.
     *
     * @param other from 0 to 1
     * @return new odds
     */
    public Odds withShare(double other) {
        return new Odds(other, most);
    }

    /**
     * The same with another end.
     *
     * @param other how many times in all
     * @return new odds
     */
    public Odds withMost(long other) {
        return new Odds(share, other);
    }

    @Override
    public String toString() {
        String much = share == 1 ? "all" : "a share of " + share;
        return most == Long.MAX_VALUE ? much : much + ", at most " + most;
    }
}
