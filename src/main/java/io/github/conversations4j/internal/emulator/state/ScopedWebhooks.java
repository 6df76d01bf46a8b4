package io.github.conversations4j.internal.emulator.state;

import io.github.conversations4j.internal.emulator.state.ScopedWebhook.Target;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The webhooks of single conversations: commands and queries. Thread-safe. */
public final class ScopedWebhooks {
    private static final int LONGEST_URL = 2048;

    private final ServiceState state;

    ScopedWebhooks(ServiceState state) {
        this.state = state;
    }

    /**
     * What somebody wants a webhook to be: what is null is left as it is. Immutable.
     *
     * @param url where it calls
     * @param method {@code GET} or {@code POST}, in any case
     * @param filters the names of the events it wants
     * @param triggers the words it waits for
     * @param flowSid the flow it calls
     * @param replayAfter the index after which messages that are there are told too; for a new webhook only
     */
    public record Draft(
            @Nullable String url,
            @Nullable String method,
            @Nullable List<String> filters,
            @Nullable List<String> triggers,
            @Nullable String flowSid,
            @Nullable Long replayAfter) {}

    /**
     * Makes a webhook.
     *
     * @param cause who acts
     * @param conversation SID or unique name
     * @param target what it calls
     * @param draft what it shall be
     * @return the webhook
     * @throws TwilioFault if the conversation is not there or has five, or a rule forbids it
     */
    public ScopedWebhook create(Cause cause, String conversation, Target target, Draft draft) {
        return state.commit(() -> {
            Room room = state.room(conversation);
            room.requireOpen();
            int limit = state.world.limits().scopedWebhooks();
            Instant now = state.world.now();
            ScopedWebhook empty = new ScopedWebhook(
                    state.world.sids().next("WH"),
                    room.sid(),
                    target,
                    null,
                    "POST",
                    List.of(),
                    List.of(),
                    null,
                    draft.replayAfter,
                    now,
                    now);
            ScopedWebhook made = complete(change(empty, draft, now));
            if (room.webhooks.size() >= limit) {
                throw TwilioFault.forbidden(
                        50361, "Conversation " + room.sid() + " has " + limit + " webhooks, the limit");
            }
            room.webhooks.add(made.sid(), made);
            return recorded(cause, room, null, made);
        });
    }

    /**
     * Changes a webhook.
     *
     * @param cause who acts
     * @param conversation SID or unique name
     * @param sid the webhook
     * @param draft what it shall be
     * @return the webhook as it is now
     * @throws TwilioFault if it is not there, or a rule forbids it
     */
    public ScopedWebhook update(Cause cause, String conversation, String sid, Draft draft) {
        return state.commit(() -> {
            Room room = state.room(conversation);
            ScopedWebhook before = room.webhook(sid);
            room.requireOpen();
            ScopedWebhook after = complete(change(before, draft, state.world.now()));
            room.webhooks.replace(sid, after);
            return recorded(cause, room, before, after);
        });
    }

    /**
     * Deletes a webhook.
     *
     * @param cause who acts
     * @param conversation SID or unique name
     * @param sid the webhook
     * @throws TwilioFault if it is not there
     */
    public void delete(Cause cause, String conversation, String sid) {
        state.commit(() -> {
            Room room = state.room(conversation);
            ScopedWebhook gone = room.webhook(sid);
            room.webhooks.remove(sid);
            room.hooks = room.webhooks.all();
            state.record(cause, room, stamp -> new Change.OfResource(stamp, gone, null));
            return gone;
        });
    }

    /**
     * Finds a webhook.
     *
     * @param conversation SID or unique name
     * @param sid the webhook
     * @return the webhook
     * @throws TwilioFault if it is not there
     */
    public ScopedWebhook get(String conversation, String sid) {
        return state.read(() -> state.room(conversation).webhook(sid));
    }

    /**
     * Lists the webhooks of a conversation.
     *
     * @param conversation SID or unique name
     * @param at which page
     * @return the page
     * @throws TwilioFault if the conversation is not there
     */
    public ShelfPage<ScopedWebhook> list(String conversation, PageAt at) {
        return state.read(() -> state.room(conversation).webhooks.page(at, webhook -> true));
    }

    private ScopedWebhook recorded(Cause cause, Room room, @Nullable ScopedWebhook before, ScopedWebhook after) {
        room.hooks = room.webhooks.all();
        state.record(cause, room, stamp -> new Change.OfResource(stamp, before, after));
        return after;
    }

    private ScopedWebhook change(ScopedWebhook before, Draft draft, Instant now) {
        List<String> filters = EventName.filters(draft.filters, "Configuration.Filters", true, 50365);
        if (draft.triggers != null
                && draft.triggers.size() > state.world.limits().triggers()) {
            throw TwilioFault.invalid(
                    50362,
                    "Configuration.Triggers must hold at most "
                            + state.world.limits().triggers() + " words");
        }
        return new ScopedWebhook(
                before.sid(),
                before.conversationSid(),
                before.target(),
                Rules.url(draft.url, "Configuration.Url", 50372, LONGEST_URL, before.url()),
                Rules.oneOf(List.of("GET", "POST"), draft.method, "Configuration.Method", 50055, before.method()),
                Objects.requireNonNullElse(filters, before.filters()),
                Objects.requireNonNullElse(draft.triggers, before.triggers()),
                Rules.sid("FW", draft.flowSid, "Configuration.FlowSid", 50367, before.flowSid()),
                before.replayAfter(),
                before.dateCreated(),
                now);
    }

    /** Each target needs something else. */
    private static ScopedWebhook complete(ScopedWebhook webhook) {
        Target target = webhook.target();
        if (target == Target.STUDIO && webhook.flowSid() == null) {
            throw TwilioFault.invalid(50367, "Configuration.FlowSid must be given for the target studio");
        }
        if (target != Target.STUDIO && webhook.url() == null) {
            throw TwilioFault.invalid(50369, "Configuration.Url must be given for this target");
        }
        if (target == Target.WEBHOOK && webhook.filters().isEmpty()) {
            throw TwilioFault.invalid(50370, "Configuration.Filters must be given for the target webhook");
        }
        if (target == Target.TRIGGER && webhook.triggers().isEmpty()) {
            throw TwilioFault.invalid(50371, "Configuration.Triggers must be given for the target trigger");
        }
        return webhook;
    }
}
