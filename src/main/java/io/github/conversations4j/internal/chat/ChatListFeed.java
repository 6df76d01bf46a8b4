package io.github.conversations4j.internal.chat;

import io.github.conversations4j.ChatList;
import io.github.conversations4j.ChatListChange;
import io.github.conversations4j.ChatRow;
import io.github.conversations4j.event.ConversationJoined;
import io.github.conversations4j.event.ConversationLeft;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.ParticipantJoined;
import io.github.conversations4j.event.ParticipantLeft;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.time.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The chat list of one user, kept right by events. Thread-safe: what happens and what is answered goes through a mailbox, and
 * everything else is confined to it.
 *
 * <p>States: <em>loading</em>, in which events wait, because what is read may be older than they are; <em>live</em> when
 * everything was read; <em>over</em> when it was closed or could not be read. A conversation that the user joins while the list
 * is live is read by itself, and its events wait in the same way.
 */
public final class ChatListFeed {
    /** How soon a conversation that was joined is read again if it cannot be; the last time after the longest pause. */
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(250), Duration.ofSeconds(8), 0.2);

    private final String identity;
    private final ChatReader reader;
    private final Profiles profiles;
    private final Faces faces;
    private final FollowUps followUps;
    private final Surroundings surroundings;
    private final Settings settings;
    private final Mailbox mailbox;
    private final CompletableFuture<ChatList> loaded = new CompletableFuture<>();
    private final Map<Object, Consumer<? super ChatListChange>> listeners = new ConcurrentHashMap<>();

    // Written in the mailbox, read by sources.
    private final Set<String> sids = ConcurrentHashMap.newKeySet();
    private volatile boolean live;
    private volatile boolean over;

    // Confined to the mailbox.
    private final List<ConversationsEvent> early = new ArrayList<>();
    private final Map<String, ChatEntry> entries = new HashMap<>();
    private final Map<String, List<ConversationScoped>> joining = new HashMap<>();
    private final RowList rows = new RowList();

    /**
     * How a list is shown.
     *
     * @param people how many other people a row names
     * @param recountAfter how long after an event the number of unread messages is asked for
     */
    public record Settings(int people, Duration recountAfter) {}

    ChatListFeed(String identity, ChatReader reader, Profiles profiles, Surroundings surroundings, Settings settings) {
        this.identity = identity;
        this.reader = reader;
        this.profiles = profiles;
        this.surroundings = surroundings;
        this.settings = settings;
        this.mailbox = new Mailbox(
                surroundings.work(), e -> surroundings.report().accept("a chat list could not follow an event", e));
        this.faces = new Faces(profiles, mailbox, surroundings, this::met);
        this.followUps = new FollowUps(reader, mailbox, surroundings, settings.recountAfter(), new Entries());
    }

    /** Reads the list. To be called once, after it was made sure that events come here. */
    void load() {
        List<CompletionStage<Optional<RawChat>>> reading = new ArrayList<>();
        reader.readAll(reading::add)
                .thenCompose(begun -> ChatReader.every(reading))
                .thenCompose(this::withProfiles)
                .whenComplete((read, failure) -> mailbox.post(() -> loaded(read, failure)));
    }

    private CompletionStage<List<RawChat>> withProfiles(List<Optional<RawChat>> all) {
        List<RawChat> chats = all.stream().flatMap(Optional::stream).toList();
        Set<String> people = new LinkedHashSet<>();
        chats.forEach(chat -> people.addAll(chat.people(identity, settings.people())));
        return profiles.of(people).thenCompose(found -> {
            CompletableFuture<List<RawChat>> result = new CompletableFuture<>();
            mailbox.post(() -> {
                faces.learn(people, found);
                result.complete(chats);
            });
            return result;
        });
    }

    private void loaded(@Nullable List<RawChat> read, @Nullable Throwable failure) {
        if (read == null) {
            close();
            loaded.completeExceptionally(failure == null ? new IllegalStateException("nothing was read") : failure);
            return;
        }
        People people = faces.people();
        List<ChatRow> first = new ArrayList<>();
        for (RawChat chat : read) {
            ChatEntry entry = new ChatEntry(identity, chat);
            entries.put(chat.sid(), entry);
            sids.add(chat.sid());
            first.add(entry.row(people, settings.people()));
        }
        rows.addAll(first);
        live = true;
        early.forEach(this::follow);
        early.clear();
        loaded.complete(snapshot());
    }

    /**
     * The list as it was read and brought up to date.
     *
     * @return completes when the list is live
     */
    public CompletionStage<ChatList> loaded() {
        return loaded;
    }

    /**
     * Begins to tell somebody of changes.
     *
     * @param begin is given the list as it is and what ends the telling, and gives who is told of each change from then on, in
     *     order. Both are called in the mailbox: they must be short and not block
     */
    public void listen(BiFunction<? super ChatList, Runnable, ? extends Consumer<? super ChatListChange>> begin) {
        Object place = new Object();
        mailbox.post(() -> listeners.put(place, begin.apply(snapshot(), () -> listeners.remove(place))));
    }

    /** Tells somebody the list as it is when everything that has happened until now was followed. */
    void ask(Consumer<? super ChatList> asker) {
        mailbox.post(() -> {
            faces.refresh();
            asker.accept(snapshot());
        });
    }

    private ChatList snapshot() {
        return new ChatList(identity, rows.rows());
    }

    /** Stops following. */
    void close() {
        over = true;
        mailbox.post(() -> {
            followUps.cancelAll();
            faces.close();
        });
    }

    boolean isOver() {
        return over;
    }

    // ---- events

    /** Takes note of what happened. */
    void observe(ConversationsEvent event) {
        if (!over && (!live || concerns(event))) {
            mailbox.post(() -> {
                if (live) {
                    follow(event);
                } else {
                    early.add(event);
                }
            });
        }
    }

    private boolean concerns(ConversationsEvent event) {
        return event instanceof ConversationScoped scoped
                ? sids.contains(scoped.conversationSid()) || isJoining(scoped)
                : event instanceof UserUpdated;
    }

    private boolean isJoining(ConversationScoped event) {
        return event instanceof ConversationJoined
                || event instanceof ParticipantJoined joined
                        && identity.equals(joined.participant().identity());
    }

    private void follow(ConversationsEvent event) {
        if (over) {
            return;
        }
        if (event instanceof UserUpdated updated) {
            faces.changed(updated.user().identity());
        } else if (event instanceof ConversationScoped scoped) {
            ChatEntry entry = entries.get(scoped.conversationSid());
            List<ConversationScoped> waiting = joining.get(scoped.conversationSid());
            if (waiting != null) {
                waiting.add(scoped);
            } else if (entry != null) {
                follow(entry, scoped);
            } else if (isJoining(scoped)) {
                join(scoped.conversationSid());
            }
        }
    }

    private void follow(ChatEntry entry, ConversationScoped event) {
        ChatEntry.Ask ask = entry.apply(event);
        boolean out = event instanceof ConversationLeft
                || event instanceof ConversationRemoved
                || event instanceof ParticipantLeft left && entry.isOwn(left.participant());
        if (out) {
            remove(entry.sid());
            return;
        }
        show(entry);
        followUps.ask(entry, ask);
    }

    private void remove(String sid) {
        entries.remove(sid);
        sids.remove(sid);
        joining.remove(sid);
        followUps.cancel(sid);
        tell(rows.remove(sid));
    }

    private void tell(@Nullable ChatListChange change) {
        if (change != null) {
            listeners.values().forEach(listener -> listener.accept(change));
        }
    }

    // ---- rows

    private void show(ChatEntry entry) {
        tell(rows.put(entry.row(faces.people(), settings.people())));
        faces.meet(entry.people(settings.people()));
    }

    private void met(Set<String> people) {
        for (ChatEntry entry : entries.values()) {
            Set<String> shown = entry.people(settings.people());
            if (people.stream().anyMatch(shown::contains)) {
                show(entry);
            }
        }
    }

    // ---- joining

    private void join(String sid) {
        joining.put(sid, new ArrayList<>());
        sids.add(sid);
        read(sid, PAUSES);
    }

    private void read(String sid, Backoff pauses) {
        reader.read(sid)
                .whenComplete((chat, failure) -> mailbox.post(() -> {
                    if (failure == null && chat.isPresent()) {
                        joined(sid, chat);
                    } else {
                        notJoined(sid, failure, pauses);
                    }
                }));
    }

    /** Lists may be a moment behind what was told, and calls may fail: it is tried again. */
    private void notJoined(String sid, @Nullable Throwable failure, Backoff pauses) {
        if (over || !joining.containsKey(sid)) {
            return;
        }
        Backoff.Step step = pauses.next(surroundings.random());
        if (!pauses.base().equals(pauses.max())) {
            followUps.readLater(sid, step.delay(), () -> {
                if (!over && joining.containsKey(sid)) {
                    read(sid, step.then());
                }
            });
            return;
        }
        joined(sid, Optional.empty());
        if (failure != null) {
            surroundings
                    .report()
                    .accept("could not read conversation " + sid + ", which is missing in a chat list", failure);
        }
    }

    private void joined(String sid, Optional<RawChat> chat) {
        List<ConversationScoped> waiting = joining.remove(sid);
        if (waiting == null || over) {
            return;
        }
        if (chat.isEmpty()) {
            sids.remove(sid);
        } else {
            ChatEntry entry = new ChatEntry(identity, chat.get());
            entries.put(sid, entry);
            show(entry);
        }
        // If it was left meanwhile, it may have been joined again too.
        waiting.forEach(this::follow);
    }

    /** What its questions need of a list. */
    private final class Entries implements FollowUps.Owner {
        @Override
        public boolean keeps(ChatEntry entry) {
            return !over && entries.get(entry.sid()) == entry;
        }

        @Override
        public void show(ChatEntry entry) {
            ChatListFeed.this.show(entry);
        }

        @Override
        public void lookAgain(String sid) {
            remove(sid);
            join(sid);
        }
    }
}
