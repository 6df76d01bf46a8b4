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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who takes part in one conversation. Confined to the session's lock.
 *
 * <p>Read as a whole when it is opened, and anew when its events cannot be had; until the conversation is announced changes
 * are taken in silence, since they belong to what is announced.
 */
final class Roster implements SyncWatcher {
    /** Whether a map that came along with its items came with all of them is known below this number only. */
    private static final int SURELY_ALL = 50;

    private final LiveConversation conversation;
    private final Surroundings surroundings;
    private final SyncObject object;
    private final Map<String, Member> members = new HashMap<>(4);

    private final Rereading rereading = new Rereading();

    private boolean complete;
    private boolean refused;
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

    /** Whether it may not be opened, at least on this connection. */
    boolean isRefused() {
        return refused;
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
    public void reopened(SyncRoot root) {
        complete = false;
        rereading.begin(members.keySet());
        opened(root);
    }

    @Override
    public void opened(SyncRoot root) {
        refused = false;
        itemsUrl = root.itemsUrl();
        root.items().forEach(this::read);
        boolean all = !root.items().isEmpty() && root.items().size() < SURELY_ALL;
        if (all || itemsUrl == null) {
            completed();
        } else {
            readFrom(itemsUrl, null, Rereading.PAUSES);
        }
    }

    private void read(SyncItem item) {
        rereading.saw(item.key());
        Member known = members.get(item.key());
        if (known == null || known.eventId() < item.lastEventId()) {
            Participant before = known == null ? null : known.participant();
            Participant now = participant(item.key(), item.data());
            tellRead(before, now, before == null ? Kind.ADDED : Kind.UPDATED);
            members.put(item.key(), new Member(now, item.lastEventId()));
        }
    }

    /** What has happened shows when it is read anew only: before that nobody has heard that the user takes part. */
    private void tellRead(@Nullable Participant before, Participant now, Kind kind) {
        if (conversation.isJoinTold()) {
            ConversationsEvent event = event(before, now, kind, null, true);
            if (event != null) {
                surroundings.outlet().offerSurely(event);
            }
        }
    }

    private Participant participant(String sid, JsonNode data) {
        return SyncModels.participant(conversation.sid(), sid, data);
    }

    private void readFrom(String url, @Nullable String from, Backoff pauses) {
        if (object.isOver()) {
            return;
        }
        int round = rereading.round();
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
                            if (!rereading.isCurrent(round) || object.isOver()) {
                                return;
                            }
                            if (page == null) {
                                readLater(url, from, failure, pauses);
                            } else {
                                readPage(url, from, page);
                            }
                        }));
    }

    /** Nobody hears of the conversation before everybody in it is known, so this is not given up. */
    private void readLater(String url, @Nullable String from, @Nullable Throwable failure, Backoff pauses) {
        conversation.notReadable(failure);
        int round = rereading.round();
        Backoff.Step step = pauses.next(surroundings.context().random());
        conversation.later(step.delay(), () -> {
            if (rereading.isCurrent(round)) {
                readFrom(url, from, step.then());
            }
        });
    }

    private void readPage(String url, @Nullable String from, SyncPage page) {
        page.items().forEach(this::read);
        int size = page.items().size();
        String last = size == 0 ? null : page.items().get(size - 1).key();
        if (page.hasNext() && last != null && !last.equals(from)) {
            readFrom(url, last, Rereading.PAUSES);
        } else {
            completed();
        }
    }

    private void completed() {
        complete = true;
        for (String sid : rereading.rest()) {
            Member member = members.remove(sid);
            if (member != null && member.participant() != null) {
                tellRead(member.participant(), member.participant(), Kind.REMOVED);
            }
        }
        members.values().removeIf(member -> member.participant() == null);
        conversation.tell();
    }

    // ---- following

    @Override
    public boolean changed(SyncChange change, boolean recovered) {
        rereading.saw(change.key());
        Member known = members.get(change.key());
        if (known != null && known.eventId() >= change.id()) {
            return true;
        }
        Participant before = known == null ? null : known.participant();
        Participant now =
                change.kind() == Kind.REMOVED && before != null ? before : participant(change.key(), change.data());
        if (conversation.isJoinTold()) {
            ConversationsEvent event = event(before, now, change.kind(), change.date(), recovered);
            if (event != null && !surroundings.outlet().offer(event)) {
                return false;
            }
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

    /** What is to be told of a change; null if nothing is. */
    private @Nullable ConversationsEvent event(
            @Nullable Participant before, Participant now, Kind kind, @Nullable Instant date, boolean recovered) {
        Outlet outlet = surroundings.outlet();
        if (kind == Kind.REMOVED) {
            surroundings.typing().ended(now.sid());
            String id = EventIds.once(EventType.PARTICIPANT_LEFT, now.sid());
            return new ParticipantLeft(outlet.meta(id, date, recovered), now);
        }
        if (before == null && kind == Kind.ADDED) {
            String id = EventIds.once(EventType.PARTICIPANT_JOINED, now.sid());
            return new ParticipantJoined(outlet.meta(id, date, recovered), now);
        }
        Set<ParticipantUpdateReason> reasons = before == null
                ? Set.of(ParticipantUpdateReason.UNKNOWN)
                : Fields.PARTICIPANT.changed(before, now, true);
        return reasons.isEmpty()
                ? null
                : new ParticipantUpdated(outlet.meta(EventIds.updated(now), date, recovered), now, reasons);
    }

    @Override
    public void gone() {
        conversation.streamGone();
    }

    @Override
    public void failed(ConversationsException why) {
        refused = itemsUrl == null;
        conversation.notReadable(why);
    }
}
