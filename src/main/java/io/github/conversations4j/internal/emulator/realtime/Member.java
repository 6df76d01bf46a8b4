package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import io.github.conversations4j.internal.wire.Packet;
import java.util.function.Consumer;

/** Somebody at a socket: what they may ask, and what they follow. Thread-safe. */
final class Member {
    private final Realtime realtime;
    private final ChatService service;
    private final StoredUser user;
    private final ClientShapes shapes;
    private final ClientApi api;
    private final Subscriptions subscriptions;
    private final PushRegistrations pushes;

    Member(Realtime realtime, StoredUser user, ClientShapes shapes, Subscriptions subscriptions) {
        this.realtime = realtime;
        this.service = realtime.service();
        this.user = user;
        this.shapes = shapes;
        this.api = new ClientApi(service, shapes, user.identity());
        this.subscriptions = subscriptions;
        this.pushes = new PushRegistrations(service);
    }

    String identity() {
        return user.identity();
    }

    String userSid() {
        return user.sid();
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    Realtime realtime() {
        return realtime;
    }

    /** Carries out a request of the tunnel and gives its answer; what follows from it comes after the answer. */
    void answer(Packet packet, Consumer<TunnelAnswer> answers) {
        try {
            TunnelRequest request = TunnelRequest.of(packet);
            if (request.is("POST", "v4", "Subscriptions")) {
                subscriptions.change(request.body(), answers).run();
                return;
            }
            answers.accept(carryOut(request));
        } catch (TwilioFault fault) {
            answers.accept(TunnelAnswer.refused(fault));
        }
    }

    private TunnelAnswer carryOut(TunnelRequest request) {
        TunnelAnswer repeated = realtime.mutations().repeated(request);
        if (repeated != null) {
            return repeated;
        }
        TunnelAnswer answer = ask(request);
        realtime.mutations().made(request, answer);
        return answer;
    }

    private TunnelAnswer ask(TunnelRequest request) {
        if (request.is("GET", "Client", "v2", "Configuration")) {
            ObjectNode configuration = shapes.configuration(
                    user, service.configuration().settings().reachability(), realtime.mediaUrl());
            return TunnelAnswer.ok(configuration);
        }
        if (request.is("POST", "v1", "Instances", "*", "Typing")) {
            return realtime.typing(identity(), request);
        }
        if (request.segments().size() >= 2
                && request.segment(0).equals("v1")
                && request.segment(1).equals("registrations")) {
            return pushes.answer(identity(), request);
        }
        TunnelAnswer answer = realtime.sync().answer(identity(), request);
        if (answer == null) {
            answer = api.answer(request);
        }
        if (answer == null) {
            throw TwilioFault.notFound("/" + String.join("/", request.segments()));
        }
        return answer;
    }
}
