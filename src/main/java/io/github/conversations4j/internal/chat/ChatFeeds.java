package io.github.conversations4j.internal.chat;

import io.github.conversations4j.ChatList;
import io.github.conversations4j.ChatRow;
import io.github.conversations4j.Profile;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.internal.api.ConversationsApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All chat lists and open chats of one client. Thread-safe.
 *
 * <p>Whoever follows the list of the same user shares one feed, which ends with the last of them. That of a participant's own
 * user is kept until the client is closed, so that it is read once.
 */
public final class ChatFeeds {
    private final ChatCaches caches;
    private final Profiles profiles;
    private final Surroundings surroundings;
    private final ChatListFeed.Settings settings;
    private final List<ChatFeed> chats = new CopyOnWriteArrayList<>();
    private final List<ChatListFeed> lists = new CopyOnWriteArrayList<>();

    // Guarded by itself.
    private final Map<String, Shared> shared = new HashMap<>();

    /** A feed and how many follow it. */
    private static final class Shared {
        final ChatListFeed feed;
        final boolean kept;
        int followers = 1;

        Shared(ChatListFeed feed, boolean kept) {
            this.feed = feed;
            this.kept = kept;
        }
    }

    /**
     * None yet.
     *
     * @param caches what is read with
     * @param profiles who knows people
     * @param surroundings the client
     * @param settings how lists are shown
     */
    public ChatFeeds(ChatCaches caches, Profiles profiles, Surroundings surroundings, ChatListFeed.Settings settings) {
        this.caches = caches;
        this.profiles = profiles;
        this.surroundings = surroundings;
        this.settings = settings;
    }

    /**
     * Keeps up with what happened. Quick; does not block.
     *
     * @param event what happened
     */
    public void observe(ConversationsEvent event) {
        if (event instanceof ConversationScoped scoped) {
            caches.observe(scoped);
            chats.forEach(chat -> chat.observe(event));
        } else if (event instanceof UserUpdated updated) {
            profiles.forget(updated.user().identity());
            chats.forEach(chat -> chat.observe(event));
        }
        lists.forEach(list -> list.observe(event));
    }

    // ---- lists

    /**
     * Follows the list of a user. To be given back.
     *
     * @param api the way to Twilio
     * @param identity whose list
     * @param asked who to ask as; null for the user of an access token
     * @return the feed, shared with others
     */
    public ChatListFeed follow(ConversationsApi api, String identity, @Nullable String asked) {
        Shared made;
        synchronized (shared) {
            Shared known = shared.get(identity);
            if (known != null && !known.feed.isOver()) {
                known.followers++;
                return known.feed;
            }
            made = new Shared(
                    new ChatListFeed(identity, new ChatReader(api, asked, caches), profiles, surroundings, settings),
                    asked == null);
            shared.put(identity, made);
        }
        lists.removeIf(ChatListFeed::isOver);
        lists.add(made.feed);
        made.feed.load();
        return made.feed;
    }

    /**
     * Gives a feed back.
     *
     * @param identity whose list
     * @param feed the feed
     */
    public void release(String identity, ChatListFeed feed) {
        synchronized (shared) {
            Shared known = shared.get(identity);
            if (known == null || known.feed != feed || known.kept || --known.followers > 0) {
                return;
            }
            shared.remove(identity);
        }
        feed.close();
        lists.remove(feed);
    }

    /**
     * The list of a user as it is now, for once. If somebody follows it, it costs no call.
     *
     * @param api the way to Twilio
     * @param identity whose list
     * @param arriving takes each row as soon as it is there, in whatever order, and must not block; null if nobody waits for
     *     single rows, so that all people can be asked for at once
     * @return the list
     */
    public CompletionStage<ChatList> read(
            ConversationsApi api, String identity, @Nullable Consumer<? super ChatRow> arriving) {
        ChatListFeed live = live(identity);
        if (live != null) {
            return current(live).thenApply(list -> {
                if (arriving != null) {
                    list.rows().forEach(arriving);
                }
                return list;
            });
        }
        ChatReader reader = new ChatReader(api, identity, caches);
        List<CompletionStage<Optional<RawChat>>> reading = new ArrayList<>();
        if (arriving == null) {
            return reader.readAll(reading::add)
                    .thenCompose(begun -> ChatReader.every(reading))
                    .thenCompose(
                            all -> rows(all.stream().flatMap(Optional::stream).toList(), identity))
                    .thenApply(rows -> new ChatList(identity, RowList.sorted(rows)));
        }
        List<CompletionStage<Optional<ChatRow>>> rows = new ArrayList<>();
        return reader.readAll(chat -> rows.add(chat.thenCompose(read -> row(read, identity, arriving))))
                .thenCompose(begun -> ChatReader.every(rows))
                .thenApply(all -> new ChatList(
                        identity,
                        RowList.sorted(all.stream().flatMap(Optional::stream).toList())));
    }

    private @Nullable ChatListFeed live(String identity) {
        synchronized (shared) {
            Shared known = shared.get(identity);
            return known == null || known.feed.isOver() ? null : known.feed;
        }
    }

    private CompletionStage<List<ChatRow>> rows(List<RawChat> chats, String identity) {
        Set<String> everybody = new LinkedHashSet<>();
        chats.forEach(chat -> everybody.addAll(chat.people(identity, settings.people())));
        return profiles.of(everybody)
                .thenApply(Profiles::found)
                .thenApply(found ->
                        chats.stream().map(chat -> show(chat, identity, found)).toList());
    }

    private CompletionStage<Optional<ChatRow>> row(
            Optional<RawChat> chat, String identity, Consumer<? super ChatRow> arriving) {
        if (chat.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return profiles.of(chat.get().people(identity, settings.people()))
                .thenApply(Profiles::found)
                .thenApply(found -> {
                    ChatRow row = show(chat.get(), identity, found);
                    arriving.accept(row);
                    return Optional.of(row);
                });
    }

    private ChatRow show(RawChat chat, String identity, Map<String, Profile> found) {
        return new ChatEntry(identity, chat).row(new People(found), settings.people());
    }

    /** What a live feed shows now. */
    public static CompletionStage<ChatList> current(ChatListFeed feed) {
        return feed.loaded().thenCompose(first -> {
            CompletableFuture<ChatList> now = new CompletableFuture<>();
            feed.ask(now::complete);
            return now;
        });
    }

    // ---- open chats

    /**
     * Opens a chat. To be closed.
     *
     * @param api the way to Twilio
     * @param conversationSid the conversation
     * @param messages how many messages at first
     * @return the feed
     */
    public ChatFeed open(ConversationsApi api, String conversationSid, int messages) {
        ChatFeed chat = new ChatFeed(conversationSid, profiles, surroundings);
        chats.removeIf(ChatFeed::isOver);
        chats.add(chat);
        chat.load(caches.window(api, conversationSid, messages), messages);
        return chat;
    }

    /**
     * Gives an open chat back.
     *
     * @param chat the feed
     */
    public void close(ChatFeed chat) {
        chat.close();
        chats.remove(chat);
    }

    /** Ends everything. */
    public void close() {
        synchronized (shared) {
            shared.clear();
        }
        lists.forEach(ChatListFeed::close);
        chats.forEach(ChatFeed::close);
    }
}
