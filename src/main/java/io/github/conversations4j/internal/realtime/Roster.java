package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.error.ConversationsException;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.ParticipantUpdateReason;
import io.github.conversations4j.event.ParticipantUpdated;
import io.github.conversations4j.internal.realtime.sync.SyncChange;
import io.github.conversations4j.internal.realtime.sync.SyncChange.Kind;
import io.github.conversations4j.internal.realtime.sync.SyncItem;
import io.github.conversations4j.internal.realtime.sync.SyncKind;
import io.github.conversations4j.internal.realtime.sync.SyncObject;
import io.github.conversations4j.internal.realtime.sync.SyncPage;
import io.github.conversations4j.internal.realtime.sync.SyncReader;
import io.github.conversations4j.internal.realtime.sync.SyncReader.Range;
import io.github.conversations4j.internal.realtime.sync.SyncRoot;
import io.github.conversations4j.internal.realtime.sync.SyncWatcher;
import io.github.conversations4j.internal.source.EventIds;
import io.github.conversations4j.internal.source.Fields;
import io.github.conversations4j.internal.time.Backoff;
import io.github.conversations4j.model.Participant;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in one conversation. Confined to the session's lock.
 *
 * <p>Read as a whole when it is opened; until the conversation is announced changes are taken in silence, since they belong
 * to what is announced.
 */
final class Roster implements SyncWatcher {
    /** Whether a map that came along with its items came with all of them is known below this number only. */
    private static final int SURELY_ALL = 50;

    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), 0.2);

    private final LiveConversation conversation;
    private final Surroundings surroundings;
    private final SyncObject object;
    private final Map<String, Member> members = new HashMap<>(4);
    private boolean complete;
    private @Nullable String itemsUrl;

    /** What is known of somebody: their last state, or null once they are gone, and the event that made it so. */
    private record Member(@Nullable Participant participant, long eventId) {}

    Roster(LiveConversation conversation, String name, Surroundings surroundings) {
        this.conversation = conversation;
        this.surroundings = surroundings;
        this.object = surroundings.sync().open(SyncKind.MAP, name, true, this);
    }

    void close() {
        object.close();
    }

    /** There is room for what was refused. */
    void room() {
        object.room();
    }

    /** Whether everybody is known. */
    boolean isComplete() {
        return complete;
    }

    /** Where the items are read; null until it was opened. */
    @Nullable
    String itemsUrl() {
        return itemsUrl;
    }

    /** Those who take part now. */
    List<Participant> participants() {
        return members.values().stream()
                .map(Member::participant)
                .filter(participant -> participant != null)
                .toList();
    }

    @Nullable
    Participant withIdentity(@Nullable String identity) {
        if (identity == null) {
            return null;
        }
        for (Member member : members.values()) {
            Participant participant = member.participant();
            if (participant != null && identity.equals(participant.identity())) {
                return participant;
            }
        }
        return null;
    }

    // ---- reading

    @Override
    public void opened(SyncRoot root) {
        itemsUrl = root.itemsUrl();
        root.items().forEach(this::read);
        boolean all = !root.items().isEmpty() && root.items().size() < SURELY_ALL;
        if (all || itemsUrl == null) {
            completed();
        } else {
            readFrom(itemsUrl, null, PAUSES);
        }
    }

    private void read(SyncItem item) {
        Member known = members.get(item.key());
        if (known == null || known.eventId() < item.lastEventId()) {
            members.put(item.key(), new Member(participant(item.key(), item.data()), item.lastEventId()));
        }
    }

    private Participant participant(String sid, JsonNode data) {
        return SyncModels.participant(conversation.sid(), sid, data);
    }

    private void readFrom(String url, @Nullable String from, Backoff pauses) {
        if (object.isOver()) {
            return;
        }
        surroundings
                .reader()
                .items(
                        "read the participants of conversation " + conversation.sid(),
                        url,
                        new Range(from, SyncReader.LARGEST_PAGE, true))
                .whenComplete((page, failure) -> surroundings
                        .context()
                        .exclusive()
                        .run(() -> {
                            if (page == null) {
                                readLater(url, from, failure, pauses);
                            } else {
                                readPage(url, from, page);
                            }
                        }));
    }

    /** Nobody hears of the conversation before everybody in it is known, so this is not given up. */
    private void readLater(String url, @Nullable String from, @Nullable Throwable failure, Backoff pauses) {
        if (object.isOver()) {
            return;
        }
        conversation.notReadable(failure);
        Backoff.Step step = pauses.next(surroundings.context().random());
        conversation.later(step.delay(), () -> readFrom(url, from, step.then()));
    }

    private void readPage(String url, @Nullable String from, SyncPage page) {
        if (object.isOver()) {
            return;
        }
        page.items().forEach(this::read);
        int size = page.items().size();
        String last = size == 0 ? null : page.items().get(size - 1).key();
        if (page.hasNext() && last != null && !last.equals(from)) {
            readFrom(url, last, PAUSES);
        } else {
            completed();
        }
    }

    private void completed() {
        complete = true;
        members.values().removeIf(member -> member.participant() == null);
        conversation.tell();
    }

    // ---- following

    @Override
    public boolean changed(SyncChange change, boolean recovered) {
        Member known = members.get(change.key());
        if (known != null && known.eventId() >= change.id()) {
            return true;
        }
        Participant before = known == null ? null : known.participant();
        Participant now =
                change.kind() == Kind.REMOVED && before != null ? before : participant(change.key(), change.data());
        if (conversation.isJoinTold() && !tell(before, now, change, recovered)) {
            return false;
        }
        if (change.kind() != Kind.REMOVED) {
            members.put(change.key(), new Member(now, change.id()));
        } else if (complete) {
            members.remove(change.key());
        } else {
            // A page that was read earlier may still bring them back.
            members.put(change.key(), new Member(null, change.id()));
        }
        return true;
    }

    private boolean tell(@Nullable Participant before, Participant now, SyncChange change, boolean recovered) {
        Outlet outlet = surroundings.outlet();
        ConversationsEvent event;
        if (change.kind() == Kind.REMOVED) {
            surroundings.typing().ended(now.sid());
            String id = EventIds.once(EventType.PARTICIPANT_LEFT, now.sid());
            event = new ParticipantLeft(outlet.meta(id, change.date(), recovered), now);
        } else if (before == null && change.kind() == Kind.ADDED) {
            String id = EventIds.once(EventType.PARTICIPANT_JOINED, now.sid());
            event = new ParticipantJoined(outlet.meta(id, change.date(), recovered), now);
        } else {
            Set<ParticipantUpdateReason> reasons = before == null
                    ? Set.of(ParticipantUpdateReason.UNKNOWN)
                    : Fields.PARTICIPANT.changed(before, now, true);
            if (reasons.isEmpty()) {
                return true;
            }
            event = new ParticipantUpdated(outlet.meta(EventIds.updated(now), change.date(), recovered), now, reasons);
        }
        return outlet.offer(event);
    }

    @Override
    public void gone() {
        conversation.streamGone();
    }

    @Override
    public void failed(ConversationsException why) {
        conversation.notReadable(why);
    }
}
