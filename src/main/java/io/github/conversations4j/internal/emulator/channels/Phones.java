package io.github.conversations4j.internal.emulator.channels;

import io.github.conversations4j.internal.emulator.state.AddressConfiguration;
import io.github.conversations4j.internal.emulator.state.AddressConfiguration.AutoCreation;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.ChangeListener;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.Membership;
import io.github.conversations4j.internal.emulator.state.MessageDraft;
import io.github.conversations4j.internal.emulator.state.PageAt;
import io.github.conversations4j.internal.emulator.state.ParticipantDraft;
import io.github.conversations4j.internal.emulator.state.Receipts.Report;
import io.github.conversations4j.internal.emulator.state.ScopedWebhook.Target;
import io.github.conversations4j.internal.emulator.state.ScopedWebhooks;
import io.github.conversations4j.internal.emulator.state.ShelfPage;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.model.ConversationState;
import io.github.conversations4j.model.MessagingBinding;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The phones that a test plays. A message in a conversation goes out to every participant whose address is one of them;
 * a message from a phone goes to the open conversation in which its address and the Twilio number it writes to stand
 * together, else to one that is made if that number is configured so, else nowhere. Addresses that nobody plays get
 * nothing and report nothing. Thread-safe.
 *
 * <p>Assumed, since Twilio's pages do not say: a conversation that is made for a message is named after who wrote, and a
 * message without a conversation is dropped.
 */
public final class Phones implements ChangeListener {
    private final Twilio twilio;
    private final Map<String, Line> lines = new ConcurrentHashMap<>();

    /**
     * Begins to watch.
     *
     * @param twilio where conversations are
     */
    public Phones(Twilio twilio) {
        this.twilio = twilio;
        twilio.listen(this);
    }

    /**
     * The line of an address, which is played from now on.
     *
     * @param address for example {@code +15550001} or {@code whatsapp:+15550001}
     * @return the same one each time
     */
    public Line line(String address) {
        return lines.computeIfAbsent(address, Line::new);
    }

    @Override
    public void onChange(Change change) {
        if (lines.isEmpty() || !(change instanceof Change.OfMessage of) || !of.added() || of.after() == null) {
            return;
        }
        StoredMessage message = of.message();
        ChatService service = twilio.service(of.conversation().serviceSid());
        for (StoredParticipant participant :
                service.participants().all(of.conversation().sid())) {
            Line line = lineOf(participant);
            if (line != null && !participant.sid().equals(message.participantSid())) {
                line.take(incoming(message, participant), reporter(service, line));
            }
        }
    }

    private @Nullable Line lineOf(StoredParticipant participant) {
        MessagingBinding binding = participant.nonChat() ? participant.binding() : null;
        String address = binding == null ? null : binding.address();
        return address == null ? null : lines.get(address);
    }

    private static Line.Incoming incoming(StoredMessage message, StoredParticipant participant) {
        MessagingBinding binding = participant.binding();
        String from = binding == null ? null : binding.proxyAddress();
        return new Line.Incoming(
                message.conversationSid(),
                message.sid(),
                participant.sid(),
                from == null ? "" : from,
                message.body() == null ? "" : message.body());
    }

    /**
     * Tells conversations of the default service how far messages got to a line.
     *
     * @param line the line
     * @return the way
     */
    public Line.Reporter reporter(Line line) {
        return reporter(twilio.service(), line);
    }

    private static Line.Reporter reporter(ChatService service, Line line) {
        Cause cause = Cause.channel(channel(line.address()), line.address());
        return (message, status, errorCode) -> report(
                service,
                cause,
                new Report(
                        message.conversationSid(), message.messageSid(), message.participantSid(), status, errorCode));
    }

    /** Message, recipient or conversation may be gone by now, and nobody wants to know any more. */
    private static void report(ChatService service, Cause cause, Report report) {
        try {
            service.receipts().report(cause, report);
        } catch (TwilioFault gone) {
            if (gone.status() != 404) {
                throw gone;
            }
        }
    }

    /**
     * Brings a message in from a phone.
     *
     * @param line who writes
     * @param to the Twilio address they write to
     * @param draft what they write
     * @return the message; null if no conversation wants it
     * @throws TwilioFault if a rule or a pre-webhook forbids it
     */
    public @Nullable StoredMessage receive(Line line, String to, MessageDraft draft) {
        ChatService service = twilio.service();
        Cause cause = Cause.channel(channel(line.address()), line.address());
        String conversation = conversationOf(service, line.address(), to);
        if (conversation == null) {
            AutoCreation creation = creationAt(to);
            if (creation == null) {
                return null;
            }
            service = creation.serviceSid() == null ? service : twilio.service(creation.serviceSid());
            conversation = create(service, cause, line.address(), to, creation);
        }
        return service.messages().add(cause, conversation, draft);
    }

    private static @Nullable String conversationOf(ChatService service, String address, String to) {
        PageAt at = PageAt.first(100);
        while (at != null) {
            ShelfPage<Membership> page = service.participants().byAddress(address, at);
            for (Membership membership : page.items()) {
                MessagingBinding binding = membership.participant().binding();
                if (binding != null
                        && to.equals(binding.proxyAddress())
                        && membership.conversation().state() != ConversationState.CLOSED) {
                    return membership.conversation().sid();
                }
            }
            at = page.next() == null ? null : at.at(page.next());
        }
        return null;
    }

    private @Nullable AutoCreation creationAt(String to) {
        try {
            AddressConfiguration configuration = twilio.addresses().get(to);
            return Boolean.TRUE.equals(configuration.autoCreation().enabled()) ? configuration.autoCreation() : null;
        } catch (TwilioFault nothing) {
            return null;
        }
    }

    private static String create(ChatService service, Cause cause, String address, String to, AutoCreation creation) {
        String sid = service.conversations()
                .create(cause, new ConversationDraft().friendlyName(address))
                .sid();
        if (creation.webhookUrl() != null) {
            service.scopedWebhooks()
                    .create(
                            cause,
                            sid,
                            Target.WEBHOOK,
                            new ScopedWebhooks.Draft(
                                    creation.webhookUrl(),
                                    creation.webhookMethod(),
                                    creation.webhookFilters(),
                                    null,
                                    null,
                                    null));
        }
        service.participants()
                .add(cause, sid, new ParticipantDraft().address(address).proxyAddress(to));
        return sid;
    }

    private static String channel(String address) {
        int colon = address.indexOf(':');
        return colon < 0 ? "sms" : address.substring(0, colon);
    }
}
