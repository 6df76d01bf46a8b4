package io.github.conversations4j.internal.emulator.realtime;

import io.github.conversations4j.internal.emulator.state.Bindings;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The devices that people at sockets want to be notified at: bindings of the service. Nothing here sends pushes. Thread-safe.
 *
 * <p>Assumed: the endpoint of a binding is what the device was registered as, and who removes what is not there is told that
 * it is gone.
 *
 * @param service where the bindings are
 */
record PushRegistrations(ChatService service) {
    private static final Set<String> CHANNELS = Set.of("apn", "fcm", "gcm");
    private static final int MALFORMED = 20_001;

    TunnelAnswer answer(String identity, TunnelRequest request) {
        return switch (request.method()) {
            case "POST" -> register(identity, request);
            case "DELETE" -> remove(identity, request);
            default -> throw TwilioFault.notFound("/" + String.join("/", request.segments()));
        };
    }

    private TunnelAnswer register(String identity, TunnelRequest request) {
        String channel = request.text("channel_type");
        if (channel == null || !CHANNELS.contains(channel)) {
            throw TwilioFault.invalid(MALFORMED, "channel_type must be apn, fcm or gcm, was " + channel);
        }
        String device = request.body().path("data").path("registration_id").asText("");
        if (device.isBlank()) {
            throw TwilioFault.invalid(MALFORMED, "data.registration_id must be given");
        }
        List<String> messageTypes = new ArrayList<>();
        request.body().path("message_types").forEach(type -> messageTypes.add(type.asText()));
        Bindings.Registration registration = new Bindings.Registration(identity, device, channel, null, messageTypes);
        return TunnelAnswer.created(SyncShapes.object()
                .put(
                        "id",
                        service.bindings()
                                .register(Cause.sdk(identity), registration)
                                .sid()));
    }

    /** By its SID in the path, or by kind and device in the body; of other people nothing. */
    private TunnelAnswer remove(String identity, TunnelRequest request) {
        @Nullable String sid = request.segments().size() > 2 ? request.segment(2) : null;
        service.bindings()
                .forget(
                        Cause.sdk(identity),
                        binding -> binding.identity().equals(identity)
                                && (sid != null
                                        ? binding.sid().equals(sid)
                                        : binding.type().equals(request.text("binding_type"))
                                                && binding.endpoint().equals(request.text("address"))));
        return TunnelAnswer.gone();
    }
}
