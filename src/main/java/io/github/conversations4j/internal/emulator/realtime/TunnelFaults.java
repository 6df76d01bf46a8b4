package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.emulator.faults.Call;
import io.github.conversations4j.internal.emulator.faults.CallFault;
import io.github.conversations4j.internal.emulator.faults.FaultRules;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.Packet;
import org.jspecify.annotations.Nullable;

/** Brings the faults of calls to the tunnel of a socket. Stateless. */
final class TunnelFaults {
    private TunnelFaults() {}

    /** What is to happen to a request; null for nothing. */
    static @Nullable CallFault strike(FaultRules<Call, CallFault> rules, Member member, Packet packet) {
        if (rules.none()) {
            return null;
        }
        JsonNode request = packet.header().path("http_request");
        String method = request.path("method").asText();
        return rules.strike(
                new Call(member.identity(), method, request.path("path").asText()));
    }

    static TunnelAnswer refusal(CallFault fault) {
        return TunnelAnswer.refused(new TwilioFault(
                fault.refusal().status(), fault.refusal().code(), "The emulator was asked to refuse this"));
    }
}
