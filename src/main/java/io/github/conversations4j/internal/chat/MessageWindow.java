package io.github.conversations4j.internal.chat;

import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.MessageAdded;
import io.github.conversations4j.event.MessageRemoved;
import io.github.conversations4j.event.MessageUpdated;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.model.Message;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The last messages of a conversation without holes, oldest first. Immutable. Events may be applied to a window that was read
 * after they happened: applying one again changes nothing.
 *
 * @param messages the messages, by index
 * @param most how many are held; the oldest are let go
 * @param fromBeginning whether nothing is older than the first of them
 * @param seenTo the highest index that it ever held, whatever was removed; −1 if it held none
 */
record MessageWindow(List<Message> messages, int most, boolean fromBeginning, int seenTo) {
    private static final Comparator<Message> BY_INDEX = Comparator.comparingInt(Message::index);

    MessageWindow {
        messages = List.copyOf(messages);
        seenTo = messages.isEmpty()
                ? seenTo
                : Math.max(seenTo, messages.get(messages.size() - 1).index());
    }

    MessageWindow(List<Message> messages, int most, boolean fromBeginning) {
        this(messages, most, fromBeginning, -1);
    }

    /** What a page of the latest messages, newest first, holds. */
    static MessageWindow of(Slice<Message> newestFirst, int most) {
        List<Message> messages = new ArrayList<>(newestFirst.items());
        messages.sort(BY_INDEX);
        return new MessageWindow(messages, most, newestFirst.next() == null);
    }

    MessageWindow after(ConversationsEvent event) {
        if (event instanceof MessageAdded added) {
            return with(added.message());
        } else if (event instanceof MessageUpdated updated) {
            int at = find(updated.message().sid());
            return at < 0 ? this : replaced(at, updated.message());
        } else if (event instanceof MessageRemoved removed) {
            int at = find(removed.message().sid());
            return at < 0 ? this : removed(at);
        }
        return this;
    }

    /** What is older than the window may have others between it and the window, which nobody has read. */
    private MessageWindow with(Message message) {
        boolean older = messages.isEmpty()
                ? seenTo < 0 || message.index() <= seenTo
                : message.index() < messages.get(0).index();
        boolean unsure = !fromBeginning && older;
        if (unsure || find(message.sid()) >= 0) {
            return this;
        }
        List<Message> changed = new ArrayList<>(messages);
        changed.add(message);
        changed.sort(BY_INDEX);
        boolean full = changed.size() > most;
        return new MessageWindow(
                full ? changed.subList(changed.size() - most, changed.size()) : changed,
                most,
                fromBeginning && !full,
                seenTo);
    }

    private MessageWindow replaced(int at, Message message) {
        List<Message> changed = new ArrayList<>(messages);
        changed.set(at, message);
        return new MessageWindow(changed, most, fromBeginning, seenTo);
    }

    private MessageWindow removed(int at) {
        List<Message> changed = new ArrayList<>(messages);
        changed.remove(at);
        return new MessageWindow(changed, most, fromBeginning, seenTo);
    }

    private int find(String sid) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).sid().equals(sid)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether these are as many of the last messages as asked for, or all there are. */
    boolean holds(int wanted) {
        return fromBeginning || messages.size() >= wanted;
    }

    /** The last message; null if there is none. Only to be asked of a window that {@linkplain #holds holds} one. */
    @Nullable
    Message last() {
        return messages.isEmpty() ? null : messages.get(messages.size() - 1);
    }

    MessageWindow latest(int wanted) {
        int size = messages.size();
        return size <= wanted
                ? this
                : new MessageWindow(messages.subList(size - wanted, size), Math.max(most, wanted), false, seenTo);
    }

    /** The same, which lets the oldest go at another number. */
    MessageWindow holdingUpTo(int number) {
        return new MessageWindow(messages, number, fromBeginning, seenTo);
    }

    /** About how many characters it keeps in memory. */
    int weight() {
        int weight = 0;
        for (Message message : messages) {
            String body = message.body();
            weight += 300
                    + message.attributes().json().length()
                    + (body == null ? 0 : body.length())
                    + 100 * message.media().size();
        }
        return weight;
    }
}
