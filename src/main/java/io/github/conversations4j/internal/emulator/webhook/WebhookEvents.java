package io.github.conversations4j.internal.emulator.webhook;

import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.Change.OfConversation;
import io.github.conversations4j.internal.emulator.state.Change.OfMessage;
import io.github.conversations4j.internal.emulator.state.Change.OfParticipant;
import io.github.conversations4j.internal.emulator.state.Change.OfReceipt;
import io.github.conversations4j.internal.emulator.state.Change.OfUser;
import io.github.conversations4j.internal.emulator.state.InboundMessage;
import io.github.conversations4j.internal.emulator.state.StoredConversation;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.StoredReceipt;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.model.ConversationState;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which webhooks a change of the state gives, and what they tell.
 *
 * <p>Choices where Twilio's pages are silent: a change of the state alone gives {@code onConversationStateUpdated} and no
 * {@code onConversationUpdated}; going online or offline and muting give nothing; reading gives
 * {@code onParticipantUpdated}.
 *
 * @see <a href="https://www.twilio.com/docs/conversations/conversations-webhooks">Conversations Webhooks</a>
 */
final class WebhookEvents {
    private final String accountSid;

    WebhookEvents(String accountSid) {
        this.accountSid = accountSid;
    }

    /** What is told after a change was made, in order. */
    List<WebhookEvent> after(Change change) {
        if (change instanceof OfConversation of) {
            return afterConversation(of);
        } else if (change instanceof OfMessage of) {
            String name = of.added() ? "onMessageAdded" : of.removed() ? "onMessageRemoved" : "onMessageUpdated";
            Parameters told = start(name, change).message(of.message(), of.conversation(), true);
            return finish(
                    name,
                    change,
                    of.added()
                            ? told.put("MessagingServiceSid", of.conversation().messagingServiceSid())
                            : told.date("DateUpdated", of.message().dateUpdated()));
        } else if (change instanceof OfParticipant of) {
            return afterParticipant(of);
        } else if (change instanceof OfUser of) {
            return afterUser(of);
        } else if (change instanceof OfReceipt of) {
            return finish("onDeliveryUpdated", change, receipt(start("onDeliveryUpdated", change), of));
        }
        return List.of();
    }

    /** What is asked before a change is made; null if nobody is ever asked about such a change. */
    @Nullable
    WebhookEvent before(Change proposal) {
        if (proposal instanceof OfConversation of) {
            String name = name("onConversation", proposal);
            Parameters told = start(name, proposal).conversation(of.conversation(), !of.added());
            return event(name, proposal, of.added() ? told.inbound(inbound(of), true) : told);
        } else if (proposal instanceof OfMessage of) {
            String name = name("onMessage", proposal);
            Parameters told = start(name, proposal).message(of.message(), of.conversation(), !of.added());
            return event(
                    name,
                    proposal,
                    of.added() ? told : told.date("DateUpdated", of.message().dateUpdated()));
        } else if (proposal instanceof OfParticipant of) {
            String name = name("onParticipant", proposal);
            Parameters told = start(name, proposal).participant(of.participant(), !of.added());
            return event(
                    name,
                    proposal,
                    of.added()
                            ? told
                            : told.date("DateUpdated", of.participant().dateUpdated()));
        } else if (proposal instanceof OfUser of && of.updated()) {
            StoredUser user = of.user();
            Parameters told = start("onUserUpdate", proposal)
                    .user(user, proposal.stamp().serviceSid())
                    .date("DateUpdated", user.dateUpdated());
            return event("onUserUpdate", proposal, told);
        }
        return null;
    }

    private static String name(String stem, Change proposal) {
        return stem + (proposal.added() ? "Add" : proposal.removed() ? "Remove" : "Update");
    }

    private List<WebhookEvent> afterConversation(OfConversation of) {
        StoredConversation conversation = of.conversation();
        if (of.stateChanged() && onlyStateChanged(of)) {
            return List.of(stateUpdated(of));
        }
        String name =
                of.added() ? "onConversationAdded" : of.removed() ? "onConversationRemoved" : "onConversationUpdated";
        Parameters parameters = start(name, of).conversation(conversation, true);
        List<WebhookEvent> told = finish(name, of, of.added() ? parameters.inbound(inbound(of), false) : parameters);
        return of.stateChanged() ? List.of(told.get(0), stateUpdated(of)) : told;
    }

    private static @Nullable InboundMessage inbound(OfConversation of) {
        return of.stamp().cause().inbound();
    }

    private static boolean onlyStateChanged(OfConversation of) {
        StoredConversation before = Objects.requireNonNull(of.before());
        StoredConversation after = Objects.requireNonNull(of.after());
        return Objects.equals(before.friendlyName(), after.friendlyName())
                && Objects.equals(before.uniqueName(), after.uniqueName())
                && Objects.equals(before.messagingServiceSid(), after.messagingServiceSid())
                && before.attributes().equals(after.attributes())
                && before.email().equals(after.email());
    }

    private WebhookEvent stateUpdated(OfConversation of) {
        StoredConversation after = Objects.requireNonNull(of.after());
        ConversationState from = Objects.requireNonNull(of.before()).state();
        Parameters told = start("onConversationStateUpdated", of)
                .put("ChatServiceSid", after.serviceSid())
                .put("ConversationSid", after.sid())
                .put("MessagingServiceSid", after.messagingServiceSid())
                .put("StateFrom", from.name().toLowerCase(Locale.ROOT))
                .put("StateTo", after.state().name().toLowerCase(Locale.ROOT))
                .date("StateUpdated", after.stateSince())
                .put("Reason", of.reason() == null ? "API" : of.reason().name());
        return event("onConversationStateUpdated", of, told);
    }

    private List<WebhookEvent> afterParticipant(OfParticipant of) {
        StoredParticipant participant = of.participant();
        if (of.added()) {
            return finish(
                    "onParticipantAdded", of, start("onParticipantAdded", of).participant(participant, true));
        }
        if (of.removed()) {
            Parameters told = start("onParticipantRemoved", of)
                    .participant(participant, true)
                    .date("DateUpdated", participant.dateUpdated());
            return finish("onParticipantRemoved", of, told);
        }
        StoredParticipant before = Objects.requireNonNull(of.before());
        if (before.notificationLevel() != participant.notificationLevel()
                && Objects.equals(before.lastReadIndex(), participant.lastReadIndex())
                && before.dateUpdated().equals(participant.dateUpdated())) {
            return List.of();
        }
        Parameters told = start("onParticipantUpdated", of)
                .participant(participant, true)
                .date("DateUpdated", participant.dateUpdated())
                .optional("LastReadMessageIndex", participant.lastReadIndex());
        return finish("onParticipantUpdated", of, told);
    }

    private List<WebhookEvent> afterUser(OfUser of) {
        StoredUser user = of.user();
        String serviceSid = of.stamp().serviceSid();
        if (of.added()) {
            return finish(
                    "onUserAdded",
                    of,
                    start("onUserAdded", of).user(user, serviceSid).date("DateCreated", user.dateCreated()));
        }
        StoredUser before = of.before();
        if (of.removed() || before == null || reached(before, user)) {
            return List.of();
        }
        Parameters told = start("onUserUpdated", of)
                .user(user, serviceSid)
                .date("DateCreated", user.dateCreated())
                .date("DateUpdated", user.dateUpdated())
                .optional("isOnline", user.online())
                .optional("isNotifiable", user.notifiable());
        return finish("onUserUpdated", of, told);
    }

    /** Whether somebody came or went, which is a change of its own. Not to be told by dates: two may be the same. */
    private static boolean reached(StoredUser before, StoredUser after) {
        return !Objects.equals(before.online(), after.online())
                || !Objects.equals(before.notifiable(), after.notifiable());
    }

    private static Parameters receipt(Parameters told, OfReceipt of) {
        StoredReceipt receipt = of.after();
        return told.put("ConversationSid", of.conversation().sid())
                .put("ChatServiceSid", of.conversation().serviceSid())
                .put("MessageSid", of.message().sid())
                .put("DeliveryReceiptSid", receipt.sid())
                .put("ChannelMessageSid", receipt.channelMessageSid())
                .put("ParticipantSid", receipt.participantSid())
                .put("Status", receipt.status().name().toLowerCase(Locale.ROOT))
                .optional("ErrorCode", receipt.errorCode() == 0 ? null : receipt.errorCode())
                .date("DateCreated", receipt.dateCreated())
                .date("DateUpdated", receipt.dateUpdated());
    }

    private Parameters start(String name, Change change) {
        return new Parameters()
                .put("AccountSid", accountSid)
                .put("EventType", name)
                .put("Source", change.stamp().cause().source())
                .optional("ClientIdentity", change.stamp().cause().identity())
                .put("RetryCount", "0");
    }

    private static List<WebhookEvent> finish(String name, Change change, Parameters told) {
        if (name.endsWith("Removed")) {
            told.date("DateRemoved", change.stamp().at());
        }
        return List.of(event(name, change, told));
    }

    private static WebhookEvent event(String name, Change change, Parameters told) {
        String conversation = told.asMap().get("ConversationSid");
        return new WebhookEvent(name, change.stamp(), conversation, told.asMap());
    }
}
