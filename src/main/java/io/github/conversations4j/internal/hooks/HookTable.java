package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.event.EventType;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Every registered hook. Copied on write, so that dispatching an event is two array reads: hooks for everything are
 * filed by type, hooks of one conversation by its SID, and hooks on other conversations cost an event nothing.
 * Thread-safe.
 */
final class HookTable {
    private static final Registration[] NONE = {};

    private final AtomicReferenceArray<Registration[]> everywhere;
    private final ConcurrentHashMap<String, Registration[]> byConversation = new ConcurrentHashMap<>();

    // Raised before the table is emptied and read after it was filled, so that no hook stays in a closed one.
    private volatile boolean closed;

    HookTable() {
        everywhere = new AtomicReferenceArray<>(EventType.all().size());
        for (int i = 0; i < everywhere.length(); i++) {
            everywhere.set(i, NONE);
        }
    }

    void add(Registration registration) {
        String sid = registration.conversationSid();
        if (sid == null) {
            everywhere.updateAndGet(registration.type().ordinal(), present -> with(present, registration));
        } else {
            byConversation.compute(sid, (key, present) -> with(present == null ? NONE : present, registration));
        }
        if (closed) {
            registration.unsubscribe();
        }
    }

    void remove(Registration registration) {
        String sid = registration.conversationSid();
        if (sid == null) {
            everywhere.updateAndGet(registration.type().ordinal(), present -> without(present, registration));
        } else {
            byConversation.computeIfPresent(sid, (key, present) -> {
                Registration[] rest = without(present, registration);
                return rest.length == 0 ? null : rest;
            });
        }
    }

    /** The hooks for one type in all conversations, in the order of registration. */
    Registration[] everywhere(EventType<?> type) {
        return everywhere.get(type.ordinal());
    }

    /** The hooks of one conversation, of all types, in the order of registration. */
    Registration[] of(String conversationSid) {
        return byConversation.getOrDefault(conversationSid, NONE);
    }

    /** The types for which there are hooks. */
    Set<EventType<?>> types() {
        Set<EventType<?>> types = new HashSet<>();
        for (int i = 0; i < everywhere.length(); i++) {
            addTypes(everywhere.get(i), types);
        }
        byConversation.values().forEach(hooks -> addTypes(hooks, types));
        return types;
    }

    private static void addTypes(Registration[] hooks, Set<EventType<?>> types) {
        for (Registration hook : hooks) {
            types.add(hook.type());
        }
    }

    int size() {
        int size =
                byConversation.values().stream().mapToInt(hooks -> hooks.length).sum();
        for (int i = 0; i < everywhere.length(); i++) {
            size += everywhere.get(i).length;
        }
        return size;
    }

    /** Stops every hook, also those that are still being registered. */
    void close() {
        closed = true;
        for (int i = 0; i < everywhere.length(); i++) {
            stop(everywhere.getAndSet(i, NONE));
        }
        for (String sid : byConversation.keySet()) {
            stop(byConversation.remove(sid));
        }
    }

    private static void stop(Registration @Nullable [] registrations) {
        if (registrations != null) {
            Arrays.stream(registrations).forEach(Registration::unsubscribe);
        }
    }

    private static Registration[] with(Registration[] present, Registration added) {
        Registration[] copy = Arrays.copyOf(present, present.length + 1);
        copy[present.length] = added;
        return copy;
    }

    private static Registration[] without(Registration[] present, Registration removed) {
        int at = Arrays.asList(present).indexOf(removed);
        if (at < 0) {
            return present;
        }
        Registration[] copy = Arrays.copyOf(present, present.length - 1);
        System.arraycopy(present, at + 1, copy, at, copy.length - at);
        return copy;
    }
}
