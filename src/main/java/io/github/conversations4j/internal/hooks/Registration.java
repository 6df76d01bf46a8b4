package io.github.conversations4j.internal.hooks;

import io.github.conversations4j.AsyncHook;
import io.github.conversations4j.Hook;
import io.github.conversations4j.Subscription;
import io.github.conversations4j.event.ConversationsEvent;
import io.github.conversations4j.event.EventType;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** One registered hook: either one that has ended when it returns, or one that ends later. Thread-safe. */
final class Registration implements Subscription {
    private final EventType<?> type;
    private final @Nullable String conversationSid;
    private final @Nullable Hook<ConversationsEvent> hook;
    private final @Nullable AsyncHook<ConversationsEvent> asyncHook;
    private final HookTable table;
    private final boolean sticky;
    private volatile boolean active = true;

    /** Whether its one event came, if it is for a sticky one. Read and written in the client's lane only. */
    private boolean served;

    private Registration(
            EventType<?> type,
            @Nullable String conversationSid,
            @Nullable Hook<ConversationsEvent> hook,
            @Nullable AsyncHook<ConversationsEvent> asyncHook,
            HookTable table) {
        this.type = type;
        this.conversationSid = conversationSid;
        this.hook = hook;
        this.asyncHook = asyncHook;
        this.table = table;
        this.sticky = Dispatcher.isSticky(type);
    }

    // Unchecked twice: the table files a registration under its type and calls it with events of that type only.
    @SuppressWarnings("unchecked")
    static <E extends ConversationsEvent> Registration of(
            EventType<E> type, @Nullable String conversationSid, Hook<? super E> hook, HookTable table) {
        return new Registration(type, conversationSid, (Hook<ConversationsEvent>) hook, null, table);
    }

    @SuppressWarnings("unchecked")
    static <E extends ConversationsEvent> Registration ofAsync(
            EventType<E> type, @Nullable String conversationSid, AsyncHook<? super E> hook, HookTable table) {
        return new Registration(type, conversationSid, null, (AsyncHook<ConversationsEvent>) hook, table);
    }

    EventType<?> type() {
        return type;
    }

    @Nullable
    String conversationSid() {
        return conversationSid;
    }

    /**
     * Calls the hook.
     *
     * @return completes when an asynchronous hook has ended; null if the hook has ended already
     */
    @Nullable
    CompletionStage<?> call(ConversationsEvent event) throws Exception {
        Hook<ConversationsEvent> direct = hook;
        if (direct != null) {
            direct.on(event);
            return null;
        }
        return asyncHook == null ? null : asyncHook.on(event);
    }

    /** Whether it is to be called with an event of its type that has come; true once if those are sticky. */
    boolean takesNext() {
        if (!active || served) {
            return false;
        }
        if (sticky) {
            served = true;
        }
        return true;
    }

    @Override
    public void unsubscribe() {
        if (active) {
            active = false;
            table.remove(this);
        }
    }

    @Override
    public boolean isActive() {
        return active;
    }

    /** Names the class the hook was written in, which is as near to its place as can be had for nothing. */
    @Override
    public String toString() {
        Object registered = hook == null ? asyncHook : hook;
        String name = registered == null ? "" : registered.getClass().getName();
        int lambda = name.indexOf("$$Lambda");
        return "the " + type + " hook registered in " + (lambda < 0 ? name : name.substring(0, lambda));
    }
}
