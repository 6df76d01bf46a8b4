package io.github.conversations4j;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.chat.ChatCaches;
import io.github.conversations4j.internal.chat.ChatFeed;
import io.github.conversations4j.internal.chat.ChatFeeds;
import io.github.conversations4j.internal.chat.ChatListFeed;
import io.github.conversations4j.internal.chat.Profiles;
import io.github.conversations4j.internal.chat.Surroundings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The chat lists and open chats of one client. Thread-safe. */
final class Chats {
    private static final List<EventType<?>> MESSAGES =
            List.of(EventType.MESSAGE_ADDED, EventType.MESSAGE_UPDATED, EventType.MESSAGE_REMOVED);
    private static final List<EventType<?>> PEOPLE =
            List.of(EventType.PARTICIPANT_JOINED, EventType.PARTICIPANT_LEFT, EventType.PARTICIPANT_UPDATED);

    private final ClientRuntime runtime;
    private final Calls calls;
    private final ChatFeeds feeds;
    private final Following.Surroundings following;

    Chats(ClientRuntime runtime, Calls calls) {
        this.runtime = runtime;
        this.calls = calls;
        ClientThreads threads = runtime.threads();
        ChatOptions options = runtime.options().chats;
        Surroundings surroundings = new Surroundings(
                threads.io(), runtime.options().clock, threads.scheduler(), runtime.random(), runtime::report);
        this.feeds = new ChatFeeds(
                new ChatCaches(limits(options, runtime.supported()), runtime.options().clock),
                profiles(options, surroundings),
                surroundings,
                new ChatListFeed.Settings(options.peoplePerChat, options.recountAfter));
        this.following =
                new Following.Surroundings(threads::runAnyway, e -> runtime.report("a hook on a chat has failed", e));
    }

    /** What no event keeps right is not kept. */
    private static ChatCaches.Limits limits(ChatOptions options, Set<EventType<?>> supported) {
        boolean people = supported.containsAll(PEOPLE);
        boolean messages = supported.containsAll(MESSAGES);
        return new ChatCaches.Limits(
                options.callsInFlight,
                people ? options.cachedParticipants : 0,
                messages ? options.messagesPerChat : 0,
                messages ? options.cachedCharacters : 0,
                options.cacheLifetime);
    }

    private static Profiles profiles(ChatOptions options, Surroundings surroundings) {
        return new Profiles(
                options.profiles,
                new Profiles.Limits(
                        options.maxProfiles,
                        ChatOptions.LARGEST_BATCH,
                        options.profileLifetime,
                        options.profileTimeLimit),
                surroundings);
    }

    /** The client is ready; null for the identity of a backend. */
    void started(@Nullable String identity) {
        if (identity != null && runtime.options().chats.listAtStart) {
            feeds.follow(calls.api(), identity, null);
        }
    }

    void observe(ConversationsEvent event) {
        feeds.observe(event);
    }

    void close() {
        feeds.close();
    }

    Deferred<ChatList> list(@Nullable String identity) {
        return calls.ask("list the chats of " + name(identity), api -> read(api, identity, null));
    }

    Deferred<ChatList> list(@Nullable String identity, Hook<? super ChatRow> arriving) {
        Watchers<ChatRow> watchers = new Watchers<>(following.hooks(), following.report());
        watchers.add(arriving, null);
        return calls.ask(
                "list the chats of " + name(identity),
                api -> read(api, identity, row -> {
                    watchers.fire(row);
                    watchers.run();
                }));
    }

    private static String name(@Nullable String identity) {
        return identity == null ? "this user" : identity;
    }

    private CompletionStage<ChatList> read(
            ConversationsApi api, @Nullable String identity, @Nullable Consumer<ChatRow> arriving) {
        if (identity != null) {
            return feeds.read(api, identity, arriving);
        }
        return runtime.identity().thenCompose(me -> {
            // Never given back: what a participant's client follows anyway is read once.
            feeds.follow(api, me, null);
            return feeds.read(api, me, arriving);
        });
    }

    Deferred<LiveChatList> follow(@Nullable String identity) {
        require(MESSAGES);
        require(PEOPLE);
        return calls.ask(
                "follow the chats of " + name(identity),
                api -> calls.identity(identity).thenCompose(me -> follow(api, me, identity)));
    }

    private void require(List<EventType<?>> types) {
        if (!runtime.supported().containsAll(types)) {
            throw RefusedHooks.refuse(runtime.source(), types);
        }
    }

    private CompletionStage<LiveChatList> follow(ConversationsApi api, String identity, @Nullable String asked) {
        ChatListFeed feed = feeds.follow(api, identity, asked);
        CompletableFuture<LiveChatList> opened = new CompletableFuture<>();
        feed.loaded().whenComplete((first, failure) -> {
            if (failure != null) {
                feeds.release(identity, feed);
                opened.completeExceptionally(failure);
                return;
            }
            feed.listen((list, stop) -> {
                LiveChatList live = new LiveChatList(list, following, () -> {
                    stop.run();
                    feeds.release(identity, feed);
                });
                opened.complete(live);
                return live::changed;
            });
        });
        return opened;
    }

    Deferred<LiveChat> open(String conversationSid, int messages) {
        require(MESSAGES);
        return calls.ask("open chat " + conversationSid, api -> {
            ChatFeed feed = feeds.open(api, conversationSid, messages);
            return feed.loaded().thenCompose(first -> {
                CompletableFuture<LiveChat> opened = new CompletableFuture<>();
                feed.listen(chat -> {
                    LiveChat live = new LiveChat(chat, following, () -> feeds.close(feed));
                    opened.complete(live);
                    return live::changed;
                });
                return opened;
            });
        });
    }
}
