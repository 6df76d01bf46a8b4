package io.github.conversations4j.internal.emulator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.internal.emulator.rest.RestBench.Reply;
import io.github.conversations4j.internal.emulator.state.Cause;
import io.github.conversations4j.internal.emulator.state.ChatService;
import io.github.conversations4j.internal.emulator.state.Receipts.Report;
import io.github.conversations4j.model.DeliveryStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The addresses of further pages, in conversations whose unique names mean something else in an address. */
class RestLinksTest {
    private final RestBench rest = new RestBench();

    private void fill(String name, String path) {
        rest.post("/v1/Conversations", "UniqueName", name);
        String message = "";
        for (int number = 0; number < 2; number++) {
            String phone = "+1555000" + number;
            rest.post(path + "/Participants", "MessagingBinding.Address", phone, "MessagingBinding.ProxyAddress", "+1");
            message = rest.post(path + "/Messages", "Body", "hi").text("sid");
            rest.post(
                    path + "/Webhooks",
                    "Target",
                    "webhook",
                    "Configuration.Url",
                    "https://example.com/" + number,
                    "Configuration.Filters",
                    "onMessageAdded");
        }
        ChatService service = rest.twilio.service();
        for (var participant : service.participants().all(name)) {
            Report report = new Report(name, message, participant.sid(), DeliveryStatus.SENT, 0);
            service.receipts().report(Cause.channel("sms", String.valueOf(participant.name())), report);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"50% off?", "#1", "a/b", "a&b=c+d", "räksmörgås"})
    void leadOn(String name) {
        String path = "/v1/Conversations/" + Links.escape(name);
        fill(name, path);
        String receipts = path + "/Messages/"
                + rest.get(path + "/Messages?Order=desc")
                        .json()
                        .at("/messages/0/sid")
                        .textValue() + "/Receipts";

        assertLeadsOn(path + "/Messages", "messages");
        assertLeadsOn(path + "/Participants", "participants");
        assertLeadsOn(path + "/Webhooks", "webhooks");
        assertLeadsOn(receipts, "delivery_receipts");
    }

    private void assertLeadsOn(String list, String key) {
        Reply first = rest.get(list + "?PageSize=1");
        assertThat(first.status()).as(list).isEqualTo(200);
        String next = first.json().at("/meta/next_page_url").textValue();
        Reply second = rest.get(next.substring("https://conversations.twilio.com".length()));

        assertThat(second.status()).as(next).isEqualTo(200);
        assertThat(second.json().get(key)).as(next).hasSize(1);
        assertThat(second.json().at("/" + key + "/0/sid"))
                .isNotEqualTo(first.json().at("/" + key + "/0/sid"));
    }
}
