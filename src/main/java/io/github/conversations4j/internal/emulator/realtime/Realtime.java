package io.github.conversations4j.internal.emulator.realtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.Change;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.StoredParticipant;
import io.github.conversations4j.internal.emulator.state.StoredUser;
import io.github.conversations4j.internal.emulator.state.Twilio;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * The realtime side of one service: its sockets, the events they follow, and typing. Thread-safe.
 *
 * <p>Whether somebody who types is told so on their own sockets is not known; here they are not.
 */
final class Realtime {
    private static final int TYPING_SECONDS = 5;

    private final Twilio twilio;
    private final ChatService service;
    private final Supplier<String> mediaUrl;
    private final SyncApi sync;
    private final SyncLog log = new SyncLog();
    private final SyncFeed feed;
    private final Mutations mutations = new Mutations();
    private final List<SocketSession> sessions = new CopyOnWriteArrayList<>();

    Realtime(Twilio twilio, ChatService service, Supplier<String> mediaUrl) {
        this.twilio = twilio;
        this.service = service;
        this.mediaUrl = mediaUrl;
        this.feed = new SyncFeed(service);
        this.sync = new SyncApi(service, feed);
        service.record(feed);
    }

    ChatService service() {
        return service;
    }

    SyncApi sync() {
        return sync;
    }

    Mutations mutations() {
        return mutations;
    }

    String mediaUrl() {
        return mediaUrl.get();
    }

    List<SocketSession> sessions() {
        return sessions;
    }

    Member enter(SocketSession session, String identity) {
        Cause cause = Cause.sdk(identity);
        StoredUser user = service.users().ensure(cause, identity);
        Subscriptions subscriptions = new Subscriptions(service, sync, log, identity, session::notify);
        Member member = new Member(this, user, new ClientShapes(twilio.accountSid(), service.sid()), subscriptions);
        sessions.add(session);
        service.users().reach(cause, identity, true, null);
        return member;
    }

    void left(SocketSession session, Member member) {
        sessions.remove(session);
        if (sessionsOf(member.identity()).isEmpty()) {
            try {
                service.users().reach(Cause.sdk(member.identity()), member.identity(), false, null);
            } catch (TwilioFault gone) {
                // Somebody deleted the user or the service meanwhile: nobody is left to be offline.
                return;
            }
        }
    }

    private List<SocketSession> sessionsOf(String identity) {
        return sessions.stream()
                .filter(session ->
                        session.member() != null && session.member().identity().equals(identity))
                .toList();
    }

    /** Takes what happened in this service. Called one at a time and in order. */
    void onChange(Change change) {
        for (SyncEvent event : feed.take(change)) {
            log.add(event);
            for (SocketSession session : sessions) {
                Member member = session.member();
                if (member != null) {
                    member.subscriptions().push(event);
                }
            }
        }
    }

    TunnelAnswer typing(String identity, TunnelRequest request) {
        String conversation = "";
        for (String pair : request.text().split("&")) {
            if (pair.startsWith("ChannelSid=")) {
                conversation = pair.substring("ChannelSid=".length());
            }
        }
        typing(identity, conversation);
        return TunnelAnswer.ok(SyncShapes.object().put("typing_timeout", TYPING_SECONDS));
    }

    /** Tells everybody else in a conversation that somebody is typing. */
    void typing(String identity, String conversationSid) {
        String sid = service.conversations().get(conversationSid).sid();
        if (service.participants().find(sid, identity) == null) {
            throw TwilioFault.forbidden(50_430, identity + " is not in conversation " + sid);
        }
        Set<String> others = new HashSet<>();
        for (StoredParticipant participant : service.participants().all(sid)) {
            if (participant.identity() != null && !participant.identity().equals(identity)) {
                others.add(participant.identity());
            }
        }
        ObjectNode told = SyncShapes.object()
                .put("channel_sid", sid)
                .put("identity", identity)
                .put("typing_timeout", TYPING_SECONDS + 1);
        for (SocketSession session : sessions) {
            Member member = session.member();
            if (member != null && others.contains(member.identity())) {
                session.notify("twilio.ipmsg.typing_indicator", told);
            }
        }
    }
}
