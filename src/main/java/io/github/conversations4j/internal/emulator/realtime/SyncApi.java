package io.github.conversations4j.internal.emulator.realtime;

import io.github.conversations4j.internal.emulator.realtime.SyncObject.Kind;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.TwilioFault;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reading Sync objects over the tunnel, by unique name or SID. Thread-safe. */
final class SyncApi {
    private static final Map<String, Kind> PLURALS =
            Map.of("Documents", Kind.DOCUMENT, "Lists", Kind.LIST, "Maps", Kind.MAP);

    private final ChatService service;
    private final SyncFeed feed;

    /** What was given to a client, by SID and by name. SIDs are made of names, so one that is not here was never given. */
    private final ConcurrentHashMap<String, SyncObject> given = new ConcurrentHashMap<>();

    SyncApi(ChatService service, SyncFeed feed) {
        this.service = service;
        this.feed = feed;
    }

    SyncReader reader(String identity) {
        return new SyncReader(service, feed, identity);
    }

    /** Answers a request; null if it is for somebody else. */
    @Nullable
    TunnelAnswer answer(String identity, TunnelRequest request) {
        if (!request.method().equals("GET")
                || request.segments().size() < 3
                || !request.segment(0).equals("v3")
                || !PLURALS.containsKey(request.segment(1))) {
            return null;
        }
        SyncReader reader = reader(identity);
        SyncObject object = find(PLURALS.get(request.segment(1)), request.segment(2));
        if (request.segments().size() == 3) {
            boolean withItems = "items".equalsIgnoreCase(request.query().get("Include"));
            TunnelAnswer answer = TunnelAnswer.ok(reader.read(object, withItems));
            given.put(object.sid(), object);
            given.put(object.name(), object);
            return answer;
        }
        return request.segments().size() == 4 && request.segment(3).equals("Items")
                ? TunnelAnswer.ok(reader.items(object, request.query()))
                : null;
    }

    /** The object of a SID that was given; null if none was. */
    @Nullable
    SyncObject bySid(String sid) {
        return given.get(sid);
    }

    private SyncObject find(@Nullable Kind kind, String sidOrName) {
        SyncObject found = given.get(sidOrName);
        if (found == null) {
            found = named(sidOrName);
        }
        if (found == null || found.kind() != kind) {
            throw new TwilioFault(404, 54_100, "object " + sidOrName + " was not found");
        }
        return found;
    }

    private static @Nullable SyncObject named(String name) {
        int dot = name.lastIndexOf('.');
        if (dot < 1) {
            return null;
        }
        String owner = name.substring(0, dot);
        return switch (name.substring(dot)) {
            case ".channel" -> SyncObject.conversation(owner);
            case ".messages" -> SyncObject.messages(owner);
            case ".roster" -> SyncObject.roster(owner);
            case ".channels" -> SyncObject.conversationsOf(owner);
            case ".info" -> SyncObject.user(owner);
            default -> null;
        };
    }
}
