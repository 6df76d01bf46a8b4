package io.github.conversations4j.internal.emulator.channels;

import io.github.conversations4j.internal.emulator.state.AddressConfiguration;
import io.github.conversations4j.internal.emulator.state.AddressConfiguration.AutoCreation;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.ChangeListener;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.ConversationDraft;
import io.github.conversations4j.internal.emulator.state.EventName;
import io.github.conversations4j.internal.emulator.state.InboundMessage;
import io.github.conversations4j.internal.emulator.state.MediaFiles;
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
import io.github.conversations4j.model.Media;
import io.github.conversations4j.model.MessagingBinding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The phones that a test plays. A message in a conversation goes out to every participant whose address is one of them;
 * a message from a phone goes to the open conversation in which its address and the Twilio number it writes to stand
 * together, whatever its service, else to one that is made if that number is configured so, else nowhere. Addresses that
 * nobody plays get nothing and report nothing. Thread-safe.
 *
 * <p>Assumed, since Twilio's pages do not say: a conversation that is made for a message is named after who wrote, a
 * webhook that is configured for it without filters hears everything, and a message without a conversation is dropped.
 */
public final class Phones implements ChangeListener {
    private static final String WEBHOOK = "webhook";
    private static final List<String> EVERYTHING = Arrays.stream(EventName.values())
            .filter(EventName::scoped)
            .map(EventName::wireName)
            .toList();

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

    /**
     * What somebody writes at a phone.
     *
     * @param text what it says; null for nothing
     * @param file what it shows; null for nothing
     */
    public record Letter(@Nullable String text, MediaFiles.@Nullable Upload file) {}

    /** A conversation, and the service it is in. */
    private record Place(ChatService service, String conversationSid) {}

    @Override
    public void onChange(Change change) {
        if (lines.isEmpty() || !(change instanceof Change.OfMessage of) || !of.added() || of.after() == null) {
            return;
        }
        StoredMessage message = of.message();
        String serviceSid = of.conversation().serviceSid();
        for (StoredParticipant participant :
                twilio.service(serviceSid).participants().all(of.conversation().sid())) {
            Line line = lineOf(participant);
            if (line != null && !participant.sid().equals(message.participantSid())) {
                line.take(incoming(serviceSid, message, participant), reporter(line));
            }
        }
    }

    private @Nullable Line lineOf(StoredParticipant participant) {
        MessagingBinding binding = participant.nonChat() ? participant.binding() : null;
        String address = binding == null ? null : binding.address();
        return address == null ? null : lines.get(address);
    }

    private static Line.Incoming incoming(String serviceSid, StoredMessage message, StoredParticipant participant) {
        MessagingBinding binding = participant.binding();
        String from = binding == null ? null : binding.proxyAddress();
        return new Line.Incoming(
                serviceSid,
                message.conversationSid(),
                message.sid(),
                participant.sid(),
                from == null ? "" : from,
                message.body() == null ? "" : message.body());
    }

    /**
     * Tells conversations how far messages got to a line.
     *
     * @param line the line
     * @return the way
     */
    public Line.Reporter reporter(Line line) {
        Cause cause = cause(line);
        return (message, status, errorCode) -> report(
                cause,
                message.serviceSid(),
                new Report(
                        message.conversationSid(), message.messageSid(), message.participantSid(), status, errorCode));
    }

    /** Message, recipient, conversation or service may be gone by now, and nobody wants to know any more. */
    private void report(Cause cause, String serviceSid, Report report) {
        try {
            twilio.service(serviceSid).receipts().report(cause, report);
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
     * @param letter what they write
     * @return the message; null if no conversation wants it
     * @throws TwilioFault if a rule or a pre-webhook forbids it
     */
    public @Nullable StoredMessage receive(Line line, String to, Letter letter) {
        Cause cause = cause(line);
        Place place = placeOf(line.address(), to);
        if (place != null) {
            return add(place, cause, letter.text(), files(place.service(), cause, letter));
        }
        AutoCreation creation = creationAt(to);
        if (creation == null) {
            return null;
        }
        ChatService service = creation.serviceSid() == null ? twilio.service() : twilio.service(creation.serviceSid());
        List<Media> files = files(service, cause, letter);
        InboundMessage first = new InboundMessage(line.address(), to, letter.text(), files);
        return add(new Place(service, create(service, cause, first, creation)), cause, letter.text(), files);
    }

    private static List<Media> files(ChatService service, Cause cause, Letter letter) {
        return letter.file() == null
                ? List.of()
                : List.of(service.media().add(cause, letter.file()).media());
    }

    private static StoredMessage add(Place place, Cause cause, @Nullable String text, List<Media> files) {
        MessageDraft draft = new MessageDraft()
                .body(text)
                .mediaSids(files.stream().map(Media::sid).toList());
        return place.service().messages().add(cause, place.conversationSid(), draft);
    }

    /** The open conversation of two addresses, in whatever service it is. */
    private @Nullable Place placeOf(String address, String to) {
        for (ChatService service : twilio.services().all()) {
            String conversation = conversationOf(service, address, to);
            if (conversation != null) {
                return new Place(service, conversation);
            }
        }
        return null;
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

    private static String create(ChatService service, Cause cause, InboundMessage first, AutoCreation creation) {
        String sid = service.conversations()
                .create(cause.writing(first), new ConversationDraft().friendlyName(first.address()))
                .sid();
        if (WEBHOOK.equals(creation.type())) {
            service.scopedWebhooks().create(cause, sid, Target.WEBHOOK, webhook(creation));
        }
        service.participants()
                .add(cause, sid, new ParticipantDraft().address(first.address()).proxyAddress(first.proxyAddress()));
        return sid;
    }

    private static ScopedWebhooks.Draft webhook(AutoCreation creation) {
        List<String> filters = creation.webhookFilters();
        return new ScopedWebhooks.Draft(
                creation.webhookUrl(),
                creation.webhookMethod(),
                filters == null || filters.isEmpty() ? EVERYTHING : filters,
                null,
                null,
                null);
    }

    private static Cause cause(Line line) {
        int colon = line.address().indexOf(':');
        return Cause.channel(colon < 0 ? "sms" : line.address().substring(0, colon), line.address());
    }
}
