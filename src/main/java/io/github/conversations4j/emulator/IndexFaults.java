package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.faults.Odds;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the indexes of messages: numbers that no message ever gets, which Twilio says may happen. Choose first which
 * conversation and how often, then {@link #skip}, which makes the fault. Immutable and thread-safe.
 */
public final class IndexFaults {
    private final Faults faults;
    private final FaultBook book;
    private final @Nullable String conversationSid;
    private final Odds odds;

    IndexFaults(Faults faults, FaultBook book) {
        this(faults, book, null, Odds.ALWAYS);
    }

    private IndexFaults(Faults faults, FaultBook book, @Nullable String conversationSid, Odds odds) {
        this.faults = faults;
        this.book = book;
        this.conversationSid = conversationSid;
        this.odds = odds;
    }

    /**
     * Only in one conversation.
     *
     * @param sid the conversation, {@code CH…}
     * @return another fault
     */
    public IndexFaults in(String sid) {
        return new IndexFaults(faults, book, sid, odds);
    }

    /**
     * Strikes by chance; without this, always.
     *
     * @param share after how many of the messages there is a gap, from 0 to 1
     * @return another fault
     */
    public IndexFaults share(double share) {
        return new IndexFaults(faults, book, conversationSid, odds.withShare(share));
    }

    /**
     * Strikes some times and then no more; without this, until {@link Faults#clear}.
     *
     * @param times how many times, at least once
     * @return another fault
     */
    public IndexFaults next(int times) {
        return new IndexFaults(faults, book, conversationSid, odds.withMost(times));
    }

    /**
     * After the message that is struck, numbers are left out.
     *
     * @param numbers how many, at least one
     * @return all faults, to go on
     */
    public Faults skip(int numbers) {
        if (numbers < 1) {
            throw new IllegalArgumentException("numbers: must be 1 or more, was " + numbers);
        }
        String sid = conversationSid;
        Predicate<String> aim = sid == null ? any -> true : sid::equals;
        String description = "indexes" + (sid == null ? "" : " of " + sid) + " (" + odds + "): " + numbers
                + " skipped after a message";
        book.add(book.gaps(), aim, odds, numbers, description);
        return faults;
    }
}
