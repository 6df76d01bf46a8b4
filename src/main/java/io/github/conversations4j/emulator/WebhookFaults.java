package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.faults.FaultBook;
import io.github.conversations4j.internal.emulator.faults.Notice;
import io.github.conversations4j.internal.emulator.faults.Odds;
import io.github.conversations4j.internal.emulator.faults.WebhookFault;
import io.github.conversations4j.internal.emulator.faults.WebhookFault.Kind;
import io.github.conversations4j.internal.emulator.state.EventName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A fault of the webhooks that tell what happened; those that ask before something happens are left alone. If several
 * receivers are told, each has its own fate. Choose first what it is meant for and how often it strikes, then what
 * happens, which makes the fault. Immutable and thread-safe.
 */
public final class WebhookFaults {
    private final Faults faults;
    private final FaultBook book;
    private final Set<String> events;
    private final @Nullable String conversationSid;
    private final Odds odds;

    WebhookFaults(Faults faults, FaultBook book) {
        this(faults, book, Set.of(), null, Odds.ALWAYS);
    }

    private WebhookFaults(
            Faults faults, FaultBook book, Set<String> events, @Nullable String conversationSid, Odds odds) {
        this.faults = faults;
        this.book = book;
        this.events = events;
        this.conversationSid = conversationSid;
        this.odds = odds;
    }

    /**
     * Only webhooks of some events.
     *
     * @param names their names on the wire, such as {@code onMessageAdded}; at least one
     * @return another fault
     */
    public WebhookFaults of(String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException("names: must hold at least one event");
        }
        for (String name : names) {
            if (Arrays.stream(EventName.values())
                    .noneMatch(event -> !event.pre() && event.wireName().equals(name))) {
                throw new IllegalArgumentException("names: " + name + " is no webhook that tells what happened");
            }
        }
        return new WebhookFaults(faults, book, Set.of(names), conversationSid, odds);
    }

    /**
     * Only webhooks about one conversation.
     *
     * @param sid the conversation, {@code CH…}
     * @return another fault
     */
    public WebhookFaults in(String sid) {
        return new WebhookFaults(faults, book, events, sid, odds);
    }

    /**
     * Strikes by chance; without this, always.
     *
     * @param share how many of those it is meant for, from 0 to 1
     * @return another fault
     */
    public WebhookFaults share(double share) {
        return new WebhookFaults(faults, book, events, conversationSid, odds.withShare(share));
    }

    /**
     * Strikes some times and then no more; without this, until {@link Faults#clear}.
     *
     * @param times how many times, at least once
     * @return another fault
     */
    public WebhookFaults next(int times) {
        return new WebhookFaults(faults, book, events, conversationSid, odds.withMost(times));
    }

    /**
     * They are never sent.
     *
     * @return all faults, to go on
     */
    public Faults drop() {
        return make(Kind.DROPPED, Duration.ZERO);
    }

    /**
     * They are sent twice, with the same idempotency token (that Twilio keeps it is assumed).
     *
     * @return all faults, to go on
     */
    public Faults duplicate() {
        return make(Kind.DOUBLED, Duration.ZERO);
    }

    /**
     * They are sent later. Those that come after them do not wait.
     *
     * @param by how much later
     * @return all faults, to go on
     */
    public Faults delay(Duration by) {
        return make(Kind.DELAYED, by);
    }

    /**
     * They are sent after the next webhook about the same conversation to the same receiver.
     *
     * @param atMost how long they wait for it; then they are sent anyway
     * @return all faults, to go on
     */
    public Faults reorder(Duration atMost) {
        return make(Kind.REORDERED, atMost);
    }

    private Faults make(Kind kind, Duration by) {
        Set<String> wanted = events;
        String sid = conversationSid;
        Predicate<Notice> aim = notice -> (wanted.isEmpty() || wanted.contains(notice.event()))
                && (sid == null || sid.equals(notice.conversationSid()));
        String description = "webhooks" + (wanted.isEmpty() ? "" : " " + String.join(", ", wanted))
                + (sid == null ? "" : " about " + sid)
                + " (" + odds + "): " + kind.name().toLowerCase(java.util.Locale.ROOT)
                + (by.isZero() ? "" : " by " + by);
        book.add(book.webhooks(), aim, odds, new WebhookFault(kind, by), description);
        return faults;
    }
}
