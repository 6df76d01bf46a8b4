package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.emulator.channels.Line;
import io.github.conversations4j.internal.emulator.channels.Phones;
import io.github.conversations4j.internal.emulator.state.MediaFiles;
import io.github.conversations4j.internal.emulator.state.StoredMessage;
import io.github.conversations4j.model.DeliveryStatus;
import java.util.List;

/**
 * A simulated phone, at SMS or WhatsApp. Once it is asked for, messages of conversations in which its address is a
 * participant reach it, and its delivery receipts move on as its owner decides: delivered at once unless told otherwise.
 * Thread-safe; each act is done when its method returns.
 *
 * <p>Addresses for which no phone was asked for get nothing, and their messages have no receipts.
 */
public final class SimulatedPhone {
    private static final String WHATSAPP = "whatsapp:";

    private final Stage stage;
    private final Phones phones;
    private final Line line;

    SimulatedPhone(Stage stage, Phones phones, String address) {
        this.stage = stage;
        this.phones = phones;
        this.line = phones.line(address);
    }

    static SimulatedPhone whatsApp(Stage stage, Phones phones, String number) {
        return new SimulatedPhone(stage, phones, number.startsWith(WHATSAPP) ? number : WHATSAPP + number);
    }

    /**
     * A message that was delivered to a phone.
     *
     * @param conversationSid where it was written
     * @param messageSid the message
     * @param from the Twilio number it came from; empty if the participant has none
     * @param body its text; empty if it has none
     */
    public record Received(String conversationSid, String messageSid, String from, String body) {}

    /**
     * Where it is reached.
     *
     * @return the address as conversations know it, for example {@code whatsapp:+15550001}
     */
    public String address() {
        return line.address();
    }

    /**
     * Writes to a number of Twilio's.
     *
     * @param to the number, the proxy address of this phone in a conversation, or one that is configured to make one
     * @param text what it says
     * @return this
     * @throws IllegalStateException if no conversation wants it, in which case Twilio drops it
     * @throws io.github.conversations4j.error.TwilioApiException if a rule or a pre-webhook forbids it
     */
    public SimulatedPhone texts(String to, String text) {
        return sends(to, new Phones.Letter(text, null));
    }

    /**
     * Sends a file to a number of Twilio's.
     *
     * @param to see {@link #texts}
     * @param filename its name
     * @param contentType its type, for example {@code image/png}
     * @param bytes its content
     * @return this
     * @throws IllegalStateException if no conversation wants it, in which case Twilio drops it
     */
    public SimulatedPhone sends(String to, String filename, String contentType, byte[] bytes) {
        MediaFiles.Upload upload = new MediaFiles.Upload(filename, contentType, "media", address(), bytes.clone());
        return sends(to, new Phones.Letter(null, upload));
    }

    private SimulatedPhone sends(String to, Phones.Letter letter) {
        String number = isWhatsApp() && !to.startsWith(WHATSAPP) ? WHATSAPP + to : to;
        StoredMessage message =
                stage.act(address() + " writes to " + number, () -> phones.receive(line, number, letter));
        if (message == null) {
            throw new IllegalStateException("Nobody takes what " + address() + " writes to " + number
                    + ": no open conversation has a participant with this address and that proxy address, and no address"
                    + " configuration makes one");
        }
        return this;
    }

    /**
     * Is switched off: what comes is sent and not delivered.
     *
     * @return this
     */
    public SimulatedPhone switchesOff() {
        return reaches(DeliveryStatus.SENT, 0);
    }

    /**
     * Is on, as at the beginning: what waited and what comes is delivered.
     *
     * @return this
     */
    public SimulatedPhone switchesOn() {
        return reaches(DeliveryStatus.DELIVERED, 0);
    }

    /**
     * Reads what was delivered, and from now on everything as it comes.
     *
     * @return this
     * @throws IllegalStateException at SMS, which knows no reading
     */
    public SimulatedPhone reads() {
        if (!isWhatsApp()) {
            throw new IllegalStateException(address() + " is at SMS, which tells nobody that a message was read");
        }
        reaches(DeliveryStatus.READ, 0);
        line.readAll(message -> phones.reporter(line).report(message, DeliveryStatus.READ, 0));
        return this;
    }

    /**
     * Cannot be reached: the carrier gives everything that comes back, with a code.
     *
     * @param errorCode why, for example 30003
     * @return this
     * @see <a href="https://www.twilio.com/docs/api/errors">Twilio's error codes</a>
     */
    public SimulatedPhone isUnreachable(int errorCode) {
        return reaches(DeliveryStatus.UNDELIVERED, errorCode);
    }

    /**
     * Cannot be sent to: everything that comes fails at Twilio, with a code.
     *
     * @param errorCode why, for example 21610
     * @return this
     */
    public SimulatedPhone failsWith(int errorCode) {
        return reaches(DeliveryStatus.FAILED, errorCode);
    }

    private SimulatedPhone reaches(DeliveryStatus end, int errorCode) {
        line.reaches(end, errorCode, phones.reporter(line));
        return this;
    }

    /**
     * What was delivered so far.
     *
     * @return oldest first, the last ten thousand
     */
    public List<Received> inbox() {
        return line.inbox().stream()
                .map(message ->
                        new Received(message.conversationSid(), message.messageSid(), message.from(), message.body()))
                .toList();
    }

    private boolean isWhatsApp() {
        return address().startsWith(WHATSAPP);
    }
}
