package io.github.conversations4j.internal.emulator.state;

import static io.github.conversations4j.internal.emulator.state.StateBench.GENERAL;
import static io.github.conversations4j.internal.emulator.state.StateBench.REST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.internal.emulator.state.MediaFiles.Upload;
import java.util.List;
import org.junit.jupiter.api.Test;

class MediaFilesTest {
    private final StateBench bench = new StateBench();
    private final StoredMedia file = bench.service
            .media()
            .add(REST, new Upload("a b.png", "image/png", "media", "sender", new byte[] {1, 2, 3}));

    private StoredMessage send(MessageDraft draft) {
        return bench.service.messages().add(REST, GENERAL, draft.mediaSids(List.of(file.sid())));
    }

    @Test
    void belongToOneMessage() {
        StoredMessage message = send(new MessageDraft());
        assertThat(message.media()).hasSize(1);
        assertThat(message.media().get(0).size()).isEqualTo(3);
        assertThat(bench.service.media().get(file.sid()).messageSid()).isEqualTo(message.sid());
        assertThat(bench.service.media().content(file.sid())).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> send(new MessageDraft()))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.code()).isEqualTo(50508));
    }

    @Test
    void keepTheTextOfTheirMessageFromChanging() {
        StoredMessage message = send(new MessageDraft());
        assertThatThrownBy(() -> bench.service.messages().update(REST, GENERAL, message.sid(), MessageDraft.text("x")))
                .isInstanceOfSatisfying(
                        TwilioFault.class, fault -> assertThat(fault.code()).isEqualTo(50509));
        assertThat(bench.service
                        .messages()
                        .update(REST, GENERAL, message.sid(), new MessageDraft().attributes("{\"a\":1}"))
                        .media())
                .hasSize(1);
    }

    @Test
    void giveWayToATemplate() {
        StoredMessage message = send(MessageDraft.text("ignored").contentSid("HX" + "0".repeat(32)));
        assertThat(message.media()).isEmpty();
        assertThat(message.body()).isNull();
        assertThat(message.contentSid()).startsWith("HX");
        assertThat(bench.service.media().get(file.sid()).messageSid()).isNull();
    }
}
