package io.github.conversations4j.internal.poll;

import io.github.conversations4j.source.PollOptions;
import io.github.conversations4j.source.PollReport;
import io.github.conversations4j.source.PollReport.Part;
import io.github.conversations4j.source.PollReport.Row;
import io.github.conversations4j.source.PollTier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Works out what a poller costs at the moment and how late it can be. Used once, on one thread. */
final class Costs {
    private static final double MINUTE = 60_000;

    private final Poll poll;
    private final ConversationTask conversations;
    private final @Nullable UserTask users;
    private final @Nullable ObserverTask observer;
    private final double slowdown;
    private final Duration lag;
    private final Map<PollTier, Integer> all = new EnumMap<>(PollTier.class);
    private final Map<PollTier, Integer> unobserved = new EnumMap<>(PollTier.class);
    private final List<Row> rows = new ArrayList<>();

    Costs(
            Poll poll,
            Followed followed,
            ConversationTask conversations,
            @Nullable UserTask users,
            @Nullable ObserverTask observer) {
        this.poll = poll;
        this.conversations = conversations;
        this.users = users;
        this.observer = observer;
        this.slowdown = poll.health().slowdown();
        this.lag = poll.agenda().lag();
        for (Track track : followed.all()) {
            if (track.isFollowed()) {
                all.merge(track.tier(), 1, Integer::sum);
                unobserved.merge(track.tier(), track.isObserved() ? 0 : 1, Integer::sum);
            }
        }
    }

    PollReport report() {
        PollOptions options = poll.options();
        list(Part.CONVERSATIONS, conversations.pages(), conversations.period());
        if (observer != null) {
            list(Part.OBSERVER, observer.pages(), observer.period());
        }
        for (PollTier tier : PollTier.values()) {
            newMessages(tier);
        }
        tiers(Part.CHANGED_MESSAGES, options::editsEvery);
        if (options.participants()) {
            tiers(Part.PARTICIPANTS, options::participantsEvery);
        }
        if (users != null) {
            list(Part.USERS, users.pages(), options.usersEvery());
        }
        return new PollReport(rows, poll.calls().made(), slowdown);
    }

    private void list(Part part, int pages, Duration period) {
        rows.add(new Row(part, null, pages, pages * perMinute(period), late(period)));
    }

    /** Reading the whole window shows the newest messages too, so that reading these is due less often. */
    private void newMessages(PollTier tier) {
        int count = unobserved.getOrDefault(tier, 0);
        Duration period = poll.options().messagesEvery(tier);
        double rest = Math.max(0, perMinute(period) - perMinute(poll.options().editsEvery(tier)));
        rows.add(new Row(Part.NEW_MESSAGES, tier, count, count * rest, late(period)));
    }

    private void tiers(Part part, Function<PollTier, Duration> periods) {
        for (PollTier tier : PollTier.values()) {
            int count = all.getOrDefault(tier, 0);
            Duration period = periods.apply(tier);
            rows.add(new Row(part, tier, count, count * perMinute(period), late(period)));
        }
    }

    /** On average a period is a twentieth shorter than its length, because chance takes up to a tenth away. */
    private double perMinute(Duration period) {
        return MINUTE / (period.toMillis() * 0.95 * slowdown);
    }

    private Duration late(Duration period) {
        return Duration.ofMillis((long) (period.toMillis() * slowdown)).plus(lag);
    }
}
