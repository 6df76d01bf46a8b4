package io.github.conversations4j;

import io.github.conversations4j.error.ConversationsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds credentials among environment variables, and says for each what was found when something is missing. */
final class CredentialVariables {
    private final Map<String, String> variables;
    private final List<String> lookedFor = new ArrayList<>();

    CredentialVariables(Map<String, String> variables) {
        this.variables = variables;
    }

    Credentials read() {
        Optional<String> accountSid = find("TWILIO_ACCOUNT_SID");
        Optional<String> authToken = find("TWILIO_AUTH_TOKEN");
        Optional<String> secondary = find("TWILIO_AUTH_TOKEN_SECONDARY");
        Optional<String> keySid = find("TWILIO_API_KEY_SID", "TWILIO_API_KEY");
        Optional<String> keySecret = find("TWILIO_API_SECRET", "TWILIO_API_KEY_SECRET");
        Optional<String> clientId = find("TWILIO_OAUTH_CLIENT_ID");
        Optional<String> clientSecret = find("TWILIO_OAUTH_CLIENT_SECRET");
        Optional<String> serviceSid = find("TWILIO_CONVERSATIONS_SERVICE_SID", "TWILIO_CHAT_SERVICE_SID");
        Optional<String> region = find("TWILIO_REGION");
        Optional<String> edge = find("TWILIO_EDGE");
        if (accountSid.isEmpty()) {
            throw missing("no account SID");
        }
        if (keySid.isPresent() != keySecret.isPresent()) {
            throw missing(keySid.isPresent() ? "an API key without its secret" : "an API secret without its key");
        }
        if (clientId.isPresent() != clientSecret.isPresent()) {
            throw missing(
                    clientId.isPresent() ? "an OAuth client without its secret" : "an OAuth secret without its client");
        }
        if (keySid.isEmpty() && clientId.isEmpty() && authToken.isEmpty()) {
            throw missing("neither an API key nor an OAuth client nor an auth token");
        }
        Credentials.Builder builder = Credentials.builder(accountSid.get());
        authToken.ifPresent(builder::authToken);
        secondary.ifPresent(builder::authToken);
        if (keySid.isPresent() && keySecret.isPresent()) {
            builder.apiKey(keySid.get(), keySecret.get());
        }
        if (clientId.isPresent() && clientSecret.isPresent()) {
            builder.oauth(clientId.get(), clientSecret.get());
        }
        serviceSid.ifPresent(builder::serviceSid);
        region.ifPresent(builder::region);
        edge.ifPresent(builder::edge);
        return builder.build();
    }

    private Optional<String> find(String... names) {
        Optional<String> found = Optional.empty();
        for (String name : names) {
            Optional<String> value = Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
            lookedFor.add(name + (value.isPresent() ? " (set)" : " (not set)"));
            if (found.isEmpty()) {
                found = value.map(String::strip);
            }
        }
        return found;
    }

    private ConversationsException missing(String what) {
        return new ConversationsException("credentials from the environment: there is " + what
                + ". Needed are the account SID and an API key with its secret, an OAuth client with its secret, or an auth token; the account's pages at"
                + " https://console.twilio.com show them. Looked for " + String.join(", ", lookedFor));
    }
}
