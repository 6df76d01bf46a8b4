package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.conversations4j.internal.realtime.FakeTwilio.Answer;
import io.github.conversations4j.internal.realtime.FakeTwilio.FakeObject;
import io.github.conversations4j.internal.realtime.FakeTwilio.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conversations on a {@link FakeTwilio}, seen by alice. */
public final class FakeService {
    public final FakeTwilio twilio;
    public final FakeObject mine;
    public final FakeObject info;
    public final Map<String, FakeConversation> conversations = new LinkedHashMap<>();
    public int pageSize = 100;

    public FakeService(FakeTwilio twilio) {
        this.twilio = twilio;
        this.mine = twilio.object("map", "MP0", "alice.channels", -1);
        this.info = twilio.object("map", "MP1", "US1.info", 2)
                .holding("friendlyName", "{\"value\":\"Alice\"}")
                .holding("attributes", "{\"value\":\"{\\\"a\\\":1}\"}");
        twilio.on("GET", "/Client/v2/Configuration", request -> Answer.ok(configuration()));
        twilio.on("GET", "/my", this::list);
    }

    public static String configuration() {
        return """
            {"identity":"alice","options":{"reachability_enabled":true},
             "sync_objects":{"my_conversations":"alice.channels","my_user_info":"US1.info"},
             "links":{"my_conversations":"https://aim.example/my","conversations":"https://aim.example/c",
              "users":"https://aim.example/u","typing":"https://aim.example/typing",
              "messages_receipts":"https://aim.example/c/%s/Messages/%s/Receipts"}}""";
    }

    Answer list(Seen request) {
        int from = request.params().path("PageToken").asInt();
        List<String> sids = new ArrayList<>(mine.items.keySet());
        ObjectNode page = JsonNodeFactory.instance.objectNode();
        ArrayNode entries = page.putArray("conversations");
        for (String sid : sids.subList(from, Math.min(sids.size(), from + pageSize))) {
            ObjectNode item = (ObjectNode) mine.items.get(sid).path("data");
            ObjectNode entry = entries.addObject()
                    .put("conversation_sid", sid)
                    .put("status", item.path("status").asText())
                    .put("notification_level", item.path("notificationLevel").asText("default"));
            entry.set("last_read_message_index", item.get("lastConsumedMessageIndex"));
            entry.putObject("sync_objects")
                    .put("conversation", sid + ".channel")
                    .put("messages", sid + ".messages")
                    .put("participants", sid + ".roster");
        }
        boolean more = from + pageSize < sids.size();
        page.putObject("meta").put("next_token", more ? String.valueOf(from + pageSize) : null);
        return Answer.ok(page.toString());
    }

    /** A conversation that alice does not see yet. */
    public FakeConversation conversation(String sid) {
        FakeConversation conversation = new FakeConversation(sid);
        conversations.put(sid, conversation);
        return conversation;
    }

    /** A conversation that alice takes part in, with others. */
    public FakeConversation joined(String sid, String... others) {
        FakeConversation conversation = conversation(sid);
        conversation.roster.holding(conversation.member("alice"), conversation.participant("alice"));
        for (String other : others) {
            conversation.roster.holding(conversation.member(other), conversation.participant(other));
        }
        mine.holding(sid, FakeConversation.item(sid, "joined"));
        return conversation;
    }

    /** One conversation. */
    public final class FakeConversation {
        public final String sid;
        public final FakeObject document;
        public final FakeObject messages;
        public final FakeObject roster;

        FakeConversation(String sid) {
            this.sid = sid;
            this.document = twilio.object("document", "ET" + sid, sid + ".channel", 0);
            this.messages = twilio.object("list", "ES" + sid, sid + ".messages", -1);
            this.roster = twilio.object("map", "MP" + sid, sid + ".roster", -1);
            document.data = FakeTwilio.parse(data("chat " + sid, null));
        }

        public String data(String friendlyName, Integer lastMessage) {
            ObjectNode data = JsonNodeFactory.instance
                    .objectNode()
                    .put("friendlyName", friendlyName)
                    .put("attributes", "{\"k\":\"ü\"}")
                    .put("createdBy", "bob")
                    .put("dateCreated", "2025-12-01T00:00:00Z")
                    .put("messages", sid + ".messages")
                    .put("roster", sid + ".roster");
            data.putObject("state").put("current", "active");
            if (lastMessage != null) {
                data.putObject("lastMessage").put("index", lastMessage).put("timestamp", "2026-01-01T00:00:00Z");
            }
            return data.toString();
        }

        public static String item(String sid, String status) {
            return "{\"channel\":\"%s.channel\",\"status\":\"%s\",\"notificationLevel\":\"default\",\"lastConsumedMessageIndex\":null}"
                    .formatted(sid, status);
        }

        public String member(String identity) {
            return "MB" + sid + identity;
        }

        public String participant(String identity) {
            return participant(identity, Instant.parse("2025-12-02T00:00:00Z"), null);
        }

        public String participant(String identity, Instant created, Integer lastRead) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("identity", identity)
                    .put("type", "chat")
                    .put("attributes", "{}")
                    .put("roleSid", "RL1")
                    .put("dateCreated", created.toString())
                    .put("lastConsumedMessageIndex", lastRead)
                    .toString();
        }

        public String message(int index, String author, String text) {
            return message(index, author, text, Instant.parse("2026-01-01T00:00:00Z"));
        }

        public String message(int index, String author, String text, Instant created) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("sid", "IM" + sid + index)
                    .put("text", text)
                    .put("type", "text")
                    .put("author", author)
                    .put("memberSid", member(author))
                    .put("timestamp", created.toString())
                    .put("attributes", "{}")
                    .toString();
        }

        public void says(String author, String text) {
            int index = messages.items.size();
            messages.addLive(String.valueOf(index), message(index, author, text));
        }
    }
}
