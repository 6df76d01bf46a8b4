package io.github.conversations4j.internal.realtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.conversations4j.internal.realtime.session.OddInput.Kind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OddInputTest {
    private final OddInput odd = new OddInput();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private PrintStream console;

    @BeforeEach
    void listen() {
        console = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(console);
    }

    private List<String> logged() {
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void tellsEachNameOnceAndCountsAll() {
        odd.note(Kind.UNKNOWN_METHOD, "sing", null);
        odd.note(Kind.UNKNOWN_METHOD, "sing", null);
        odd.note(Kind.UNKNOWN_METHOD, "dance", null);
        odd.note(Kind.OVERSIZED, "sing", null);

        assertThat(odd.count(Kind.UNKNOWN_METHOD)).isEqualTo(3);
        assertThat(odd.count(Kind.OVERSIZED)).isEqualTo(1);
        assertThat(odd.count(Kind.UNREADABLE)).isZero();
        assertThat(logged()).hasSize(3);
        assertThat(logged().get(0)).contains("unknown method \"sing\"").contains("only counted");
    }

    @Test
    void tellsNoMoreThanSomeNamesOfAKind() {
        for (int i = 0; i < 10_000; i++) {
            odd.note(Kind.UNKNOWN_TYPE, "the notification " + i, null);
        }
        assertThat(odd.count(Kind.UNKNOWN_TYPE)).isEqualTo(10_000);
        assertThat(logged()).hasSize(OddInput.MOST_NAMES);
        assertThat(logged().get(OddInput.MOST_NAMES - 1)).contains("of any name are only counted");

        odd.note(Kind.UNREADABLE, "a packet", null);
        assertThat(logged()).as("another kind").hasSize(OddInput.MOST_NAMES + 1);
    }

    @Test
    void tellsNamesInOneShortLine() {
        odd.note(Kind.UNKNOWN_METHOD, "a\r\nforged line" + "x".repeat(100_000), null);
        odd.note(Kind.UNKNOWN_METHOD, "a\r\nforged line" + "x".repeat(99_999), null);

        assertThat(logged()).hasSize(1);
        assertThat(logged().get(0)).hasSizeLessThan(400).contains("a  forged line");
    }

    @Test
    void showsItsCounts() {
        odd.note(Kind.SKIPPED, "a Sync list", 3);

        assertThat(odd)
                .hasToString("unreadable 0, oversized 0, unknown method 0, unknown type 0, repeated 0, skipped 3");
    }
}
