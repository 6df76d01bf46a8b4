package io.github.conversations4j.emulator;

import java.util.List;

/** What {@link EmulatorMain} says when it is ready: where the emulator is, and what to put where. Stateless. */
final class Introduction {
    private Introduction() {}

    static String of(ConversationsEmulator twilio) {
        String url = twilio.url();
        return String.join(
                System.lineSeparator(),
                List.of(
                        "Twilio Conversations emulator at " + url + " (Ctrl-C ends it)",
                        "",
                        "Environment of conversations4j, twilio-java and twilio-node:",
                        "  export TWILIO_ACCOUNT_SID=" + twilio.accountSid(),
                        "  export TWILIO_AUTH_TOKEN=" + twilio.authToken(),
                        "  export TWILIO_API_KEY=" + twilio.apiKey(),
                        "  export TWILIO_API_SECRET=" + twilio.apiSecret(),
                        "  export TWILIO_CONVERSATIONS_SERVICE_SID=" + twilio.serviceSid(),
                        "",
                        "conversations4j:  ClientOptions.backend(Credentials.fromEnvironment()).baseUrl(\"" + url
                                + "\")",
                        "twilio-java and twilio-node know no other host than Twilio's: give them an HTTP client that sends",
                        "  requests for https://conversations.twilio.com to " + url + " (docs/emulator.md shows both)",
                        "curl:             curl -u \"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN\" " + url
                                + "/v1/Conversations",
                        "JavaScript client: new Client(token, { Twilsock: { uri: \"" + twilio.socketUrl() + "\" } })",
                        "A token for it:   curl \"" + url + "/emulator/token?identity=alice\""));
    }
}
