package io.github.conversations4j.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import io.github.conversations4j.internal.commands.RichContent;
import io.github.conversations4j.model.Content;
import io.github.conversations4j.model.Content.Action;
import io.github.conversations4j.model.ContentTemplate;
import io.github.conversations4j.model.Message;
import io.github.conversations4j.model.NewMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

abstract class TemplatesContract extends Contract {
    TemplatesContract(Side side) {
        super(side, ConversationsApi.Templates.class);
    }

    /** Makes a template as the account's owner does, with the Content API. */
    private String template(String name, String type, String data) {
        Request request = new Request(HttpMethod.POST, "content", "/v1/Content");
        request.setContentType(EnumConstants.ContentType.JSON);
        request.setBody("{\"friendly_name\":\"" + name + "\",\"language\":\"en\",\"variables\":{\"1\":\"somebody\"},"
                + "\"types\":{\"twilio/text\":{\"body\":\"Lunch, {{1}}?\"},\"" + type + "\":" + data + "}}");
        Response made = side.twilioJava().request(request);
        assertThat(made.getStatusCode()).as(made.getContent()).isEqualTo(201);
        return made.getContent().replaceAll(".*\"(HX[0-9a-f]{32})\".*", "$1");
    }

    @Test
    @Covers("list")
    void templates_are_listed_over_all_pages_with_their_variants() {
        String quick = template(
                "quick", "twilio/quick-reply", "{\"body\":\"Lunch?\",\"actions\":[{\"title\":\"Yes\",\"id\":\"y\"}]}");
        template("place", "twilio/location", "{\"latitude\":48.1,\"longitude\":11.6,\"label\":\"here\"}");

        ContentTemplate found = all(1, api.templates()::list).stream()
                .filter(template -> template.sid().equals(quick))
                .findFirst()
                .orElseThrow();

        assertThat(found.friendlyName()).isEqualTo("quick");
        assertThat(found.variables()).containsEntry("1", "somebody");
        assertThat(found.variants().get("twilio/text"))
                .isInstanceOfSatisfying(
                        Content.Text.class, text -> assertThat(text.body()).isEqualTo("Lunch, {{1}}?"));
        assertThat(found.variants().get("twilio/quick-reply"))
                .isInstanceOfSatisfying(
                        Content.QuickReply.class,
                        reply -> assertThat(reply.replies()).containsExactly(new Action.Reply("Yes", "y")));
    }

    @Test
    @Covers("list")
    void a_message_from_a_template_holds_what_the_template_makes() {
        String card = template(
                "card",
                "twilio/card",
                "{\"title\":\"Order of {{1}}\",\"actions\":[{\"type\":\"URL\",\"title\":\"See\",\"url\":\"https://a.b\"}]}");
        assertThat(all(50, api.templates()::list))
                .extracting(ContentTemplate::sid)
                .contains(card);
        String chat = conversation();

        Message sent = answer(send(
                chat,
                NewMessage.builder()
                        .contentSid(card)
                        .contentVariables(Map.of("1", "Ada"))
                        .build()));

        Message found = answer(api.messages().fetch(chat, sent.sid()));
        assertThat(found.contentSid()).isEqualTo(card);
        assertThat(found.body()).isEqualTo("Order of Ada");
        String file = found.media().get(0).sid();
        assertThat(answer(api.files().content(file)))
                .asString(StandardCharsets.UTF_8)
                .contains("\"title\":\"Order of Ada\"");
        assertThat(answer(new RichContent(api.files()).of(found))).isInstanceOfSatisfying(Content.Card.class, made -> {
            assertThat(made.title()).isEqualTo("Order of Ada");
            assertThat(made.actions()).isEqualTo(List.of(new Action.Url("See", "https://a.b")));
        });
    }
}
