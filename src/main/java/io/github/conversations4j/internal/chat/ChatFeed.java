package io.github.conversations4j.internal.chat;

import io.github.conversations4j.Chat;
import io.github.conversations4j.ChatChange;
import io.github.conversations4j.ChatMessage;
import io.github.conversations4j.Profile;
import io.github.conversations4j.event.ConversationLeft;
import io.github.conversations4j.event.ConversationRemoved;
import io.github.conversations4j.event.ConversationScoped;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.event.TypingEnded;
import io.github.conversations4j.event.TypingStarted;
import io.github.conversations4j.event.UserUpdated;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.Participant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of one conversation, kept right by events. Thread-safe: what happens and what is answered goes through a
 * mailbox, and everything else is confined to it.
 *
 * <p>States: <em>loading</em>, in which events wait, because the page that is read may be older than they are, or newer;
 * <em>live</em> when it was read; <em>over</em> when it was closed, the conversation is gone, or it could not be read.
 */
public final class ChatFeed {
    /** How many messages an open chat holds; older ones are let go as new ones come. */
    private static final int MOST = 1000;

    private final String sid;
    private final Profiles profiles;
    private final Mailbox mailbox;
    private final Faces faces;
    private final CompletableFuture<Chat> loaded = new CompletableFuture<>();
    private final List<Consumer<? super ChatChange>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    // Confined to the mailbox.
    private final List<ConversationsEvent> early = new ArrayList<>();
    private final Map<String, Participant> typing = new LinkedHashMap<>(2);
    private @Nullable MessageWindow window;

    ChatFeed(String sid, Profiles profiles, Surroundings surroundings) {
        this.sid = sid;
        this.profiles = profiles;
        this.mailbox = new Mailbox(
                surroundings.work(), e -> surroundings.report().accept("an open chat could not follow an event", e));
        this.faces = new Faces(profiles, mailbox, surroundings, this::met);
    }

    /** Takes the page. To be called once, after it was made sure that events come here. */
    void load(CompletionStage<MessageWindow> reading, int wanted) {
        reading.thenApply(read -> read.latest(wanted).holdingUpTo(MOST))
                .thenCompose(read -> profiles.of(authors(read.messages()))
                        .thenAccept(answers -> mailbox.post(() -> loaded(read, answers))))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        over = true;
                        loaded.completeExceptionally(failure);
                    }
                });
    }

    private static Set<String> authors(List<Message> messages) {
        Set<String> authors = new HashSet<>();
        for (Message message : messages) {
            if (message.author() != null) {
                authors.add(message.author());
            }
        }
        return authors;
    }

    private void loaded(MessageWindow read, Map<String, Optional<Profile>> answers) {
        faces.learn(authors(read.messages()), answers);
        window = read;
        early.forEach(this::follow);
        early.clear();
        loaded.complete(snapshot());
    }

    /**
     * The chat as it was read and brought up to date.
     *
     * @return completes when the chat is live
     */
    public CompletionStage<Chat> loaded() {
        return loaded;
    }

    /**
     * Begins to tell somebody of changes.
     *
     * @param begin is given the chat as it is, and gives who is told of each change from then on, in order. Both are called in
     *     the mailbox: they must be short and not block
     */
    public void listen(Function<? super Chat, ? extends Consumer<? super ChatChange>> begin) {
        mailbox.post(() -> listeners.add(begin.apply(snapshot())));
    }

    void close() {
        over = true;
        mailbox.post(faces::close);
    }

    boolean isOver() {
        return over;
    }

    private Chat snapshot() {
        People people = faces.people();
        MessageWindow held = window;
        List<ChatMessage> messages = held == null
                ? List.of()
                : held.messages().stream().map(people::show).toList();
        return new Chat(
                sid,
                messages,
                held != null && held.fromBeginning(),
                typing.values().stream().map(people::show).toList());
    }

    // ---- events

    /** Takes note of what happened. */
    void observe(ConversationsEvent event) {
        boolean concerns = event instanceof ConversationScoped scoped
                ? scoped.conversationSid().equals(sid)
                : event instanceof UserUpdated;
        if (!over && concerns) {
            mailbox.post(() -> {
                if (window == null) {
                    early.add(event);
                } else {
                    follow(event);
                }
            });
        }
    }

    private void follow(ConversationsEvent event) {
        if (over) {
            return;
        }
        if (event instanceof MessageAdded added) {
            put(event, added.message());
        } else if (event instanceof MessageUpdated updated) {
            put(event, updated.message());
        } else if (event instanceof MessageRemoved removed) {
            remove(event, removed.message());
        } else if (event instanceof TypingStarted started) {
            typing.put(started.participant().sid(), started.participant());
            typingChanged();
        } else if (event instanceof TypingEnded ended) {
            typing.remove(ended.participant().sid());
            typingChanged();
        } else if (event instanceof UserUpdated updated) {
            faces.changed(updated.user().identity());
        } else if (event instanceof ConversationRemoved || event instanceof ConversationLeft) {
            over = true;
            faces.close();
            tell(new ChatChange.Ended());
        }
    }

    private void tell(ChatChange change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    private void put(ConversationsEvent event, Message message) {
        MessageWindow before = window;
        if (before == null) {
            return;
        }
        MessageWindow now = before.after(event);
        if (now.equals(before)) {
            return;
        }
        window = now;
        tell(new ChatChange.Message(faces.people().show(message)));
        if (message.author() != null) {
            faces.meet(Set.of(message.author()));
        }
        // What is older than the first that is held has made room.
        int oldest = now.messages().get(0).index();
        for (Message let : before.messages()) {
            if (let.index() >= oldest) {
                break;
            }
            tell(new ChatChange.Gone(let.sid(), true));
        }
    }

    private void remove(ConversationsEvent event, Message message) {
        MessageWindow before = window;
        if (before != null) {
            window = before.after(event);
            if (!window.equals(before)) {
                tell(new ChatChange.Gone(message.sid(), false));
            }
        }
    }

    private void typingChanged() {
        People people = faces.people();
        tell(new ChatChange.Typing(typing.values().stream().map(people::show).toList()));
        Set<String> strangers = new HashSet<>();
        typing.values().stream().map(People::id).forEach(strangers::add);
        faces.meet(strangers);
    }

    // ---- people

    private void met(Set<String> people) {
        MessageWindow held = window;
        if (over || held == null) {
            return;
        }
        People shown = faces.people();
        for (Message message : held.messages()) {
            if (message.author() != null && people.contains(message.author())) {
                tell(new ChatChange.Message(shown.show(message)));
            }
        }
        if (typing.values().stream().map(People::id).anyMatch(people::contains)) {
            typingChanged();
        }
    }
}
