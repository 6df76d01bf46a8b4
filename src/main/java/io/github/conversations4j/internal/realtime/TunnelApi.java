package io.github.conversations4j.internal.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.conversations4j.internal.api.ConversationsApi;
import io.github.conversations4j.internal.api.PageRequest;
import io.github.conversations4j.internal.api.Slice;
import io.github.conversations4j.internal.json.ContentJson;
import io.github.conversations4j.internal.json.Resource;
import io.github.conversations4j.model.Attributes;
import io.github.conversations4j.model.ContentTemplate;
import io.github.conversations4j.model.Role;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Commands and queries of a participant, through the tunnel of the realtime session. Thread-safe. */
final class TunnelApi implements ConversationsApi {
    private final TunnelCalls calls;
    private final TunnelConversations conversations;
    private final TunnelMessages messages;
    private final TunnelParticipants participants;
    private final TunnelUsers users;
    private final Files files;
    private final NoRoles roles = new NoRoles();
    private final TypingThrottle throttle = new TypingThrottle();
    private final String templatesUrl;

    TunnelApi(TunnelCalls calls, Files files, String templatesUrl) {
        this.calls = calls;
        this.files = files;
        this.templatesUrl = templatesUrl;
        this.participants = new TunnelParticipants(calls);
        this.conversations = new TunnelConversations(calls, participants);
        this.messages = new TunnelMessages(calls);
        this.users = new TunnelUsers(calls);
    }

    @Override
    public Conversations conversations() {
        return conversations;
    }

    @Override
    public Messages messages() {
        return messages;
    }

    @Override
    public Participants participants() {
        return participants;
    }

    @Override
    public Users users() {
        return users;
    }

    @Override
    public Roles roles() {
        return roles;
    }

    @Override
    public Templates templates() {
        return this::templates;
    }

    private CompletionStage<Slice<ContentTemplate>> templates(PageRequest page) {
        String action = "list content templates";
        return calls.withAccount(
                action,
                account -> calls.read(
                        action,
                        templatesUrl + Pages.query(page),
                        answer -> Pages.slice(answer, "templates", TunnelApi::template)));
    }

    /** As over REST, but the variables are JSON as text and the variants have another name. */
    private static ContentTemplate template(JsonNode node) {
        Resource from = new Resource(node);
        Attributes variables = from.attributes("variables");
        return new ContentTemplate(
                from.required("sid"),
                from.text("friendly_name"),
                ContentJson.variables(variables.isValid() ? variables.asJson() : TunnelCalls.json()),
                ContentJson.variants(node.path("variants")),
                from.date("date_created"),
                from.date("date_updated"));
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public Mine mine(@Nullable String identity) {
        return new TunnelMine(calls, conversations, participants, throttle, identity);
    }

    /** Roles are the back end's. */
    private static final class NoRoles implements Roles {
        private static final String WHY = "a participant can not. Use a backend's client";

        @Override
        public CompletionStage<Role> fetch(String sid) {
            return TunnelCalls.unsupported("fetch role " + sid, WHY);
        }

        @Override
        public CompletionStage<Slice<Role>> list(PageRequest page) {
            return TunnelCalls.unsupported("list roles", WHY);
        }

        @Override
        public CompletionStage<Role> create(String friendlyName, Role.Scope scope, Set<String> permissions) {
            return TunnelCalls.unsupported("create role " + friendlyName, WHY);
        }

        @Override
        public CompletionStage<Role> update(String sid, Set<String> permissions) {
            return TunnelCalls.unsupported("update role " + sid, WHY);
        }

        @Override
        public CompletionStage<Void> delete(String sid) {
            return TunnelCalls.unsupported("delete role " + sid, WHY);
        }
    }
}
