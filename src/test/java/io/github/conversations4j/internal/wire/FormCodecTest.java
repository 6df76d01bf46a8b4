package io.github.conversations4j.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.conversations4j.internal.wire.MalformedFormException.Reason;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormCodecTest {
    private final FormCodec codec = new FormCodec(1024, 8);

    @Test
    void keepsOrderRepetitionsAndEmptyParameters() {
        Form form = codec.decode("b=2&a=1&b=&c&=nameless&b=3");

        assertThat(parameters(form))
                .containsExactly(
                        entry("b", "2"),
                        entry("a", "1"),
                        entry("b", ""),
                        entry("c", ""),
                        entry("", "nameless"),
                        entry("b", "3"));
        assertThat(form.first("b")).isEqualTo("2");
        assertThat(form.all("b")).containsExactly("2", "", "3");
        assertThat(form.first("missing")).isNull();
        assertThat(form.all("missing")).isEmpty();
        assertThat(form.isEmpty(3)).isTrue();
        assertThat(form.isEmpty(1)).isFalse();
    }

    @Test
    void unescapesNamesAndValues() {
        Form form = codec.decode("Body=caf%C3%A9+%26+%f0%9F%98%80%3D&Messaging%42inding.Type=a=b%2B");

        assertThat(parameters(form))
                .containsExactly(entry("Body", "café & 😀="), entry("MessagingBinding.Type", "a=b+"));
    }

    @Test
    void findsNamesOutsideAscii() {
        Form form = codec.decode("na%C3%AFve=1&naive=2");

        assertThat(form.first("naïve")).isEqualTo("1");
        assertThat(form.first("naive")).isEqualTo("2");
    }

    @Test
    void tellsNamesApartThatBeginAlike() {
        Form form = codec.decode("MessagingServiceSid=1&MessagingBinding.Type=2&Messagin=3&Message=4&M=5&M%00=6&=7");

        assertThat(form.first("MessagingServiceSid")).isEqualTo("1");
        assertThat(form.first("MessagingBinding.Type")).isEqualTo("2");
        assertThat(form.first("Messagin")).isEqualTo("3");
        assertThat(form.first("Message")).isEqualTo("4");
        assertThat(form.first("M")).isEqualTo("5");
        assertThat(form.first("M\0")).isEqualTo("6");
        assertThat(form.first("")).isEqualTo("7");
        assertThat(form.first("MessagingBinding.Typf")).isNull();
        assertThat(form.first("Messaging")).isNull();
        assertThat(form.first("Mess")).isNull();
    }

    @Test
    void comparesValuesInPlace() {
        Form form = codec.decode("a=IMabc&b=caf%C3%A9&c=");

        assertThat(form.isValue(0, bytes("IMabc"))).isTrue();
        assertThat(form.isValue(0, bytes("IMab"))).isFalse();
        assertThat(form.isValue(0, bytes("IMabd"))).isFalse();
        assertThat(form.isValue(1, bytes("café"))).isTrue();
        assertThat(form.isValue(1, bytes("cafe"))).isFalse();
        assertThat(form.isValue(2, bytes(""))).isTrue();
        assertThat(form.isValue(2, bytes("x"))).isFalse();
    }

    @Test
    void readsDatesInPlace() {
        Form form =
                codec.decode("a=2026-03-01T10%3A20%3A30.111Z&b=2026-03-01T10%3A20%3A30Zx&c=&d=2026-03-01T10:20:30Z");

        assertThat(form.instant(0)).isEqualTo("2026-03-01T10:20:30.111Z");
        assertThat(form.instant(1)).isNull();
        assertThat(form.instant(2)).isNull();
        assertThat(form.instant(3)).isEqualTo("2026-03-01T10:20:30Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&", "&&&"})
    void seesNoParameterWhereThereIsNone(String encoded) {
        assertThat(codec.decode(encoded).size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "a=%, BAD_PERCENT",
        "a=%4, BAD_PERCENT",
        "a=%4g, BAD_PERCENT",
        "a=%g4, BAD_PERCENT",
        "%=, BAD_PERCENT",
        "a=%C3, BAD_UTF8", // cut off
        "a=%C3&b=%A9, BAD_UTF8", // whole only across two parameters
        "a%C3=%A9, BAD_UTF8", // whole only across name and value
        "a=%C0%80, BAD_UTF8", // overlong
        "a=%E0%9F%BF, BAD_UTF8", // overlong
        "a=%F0%8F%BF%BF, BAD_UTF8", // overlong
        "a=%ED%A0%80, BAD_UTF8", // surrogate
        "a=%F4%90%80%80, BAD_UTF8", // beyond Unicode
        "a=%FF, BAD_UTF8",
        "a=%80, BAD_UTF8",
        "a=%E2%82%28, BAD_UTF8",
        "a&b&c&d&e&f&g&h&i, TOO_MANY_PARAMETERS",
    })
    void refusesWhatIsNotAForm(String encoded, Reason reason) {
        assertThatThrownBy(() -> codec.decode(encoded))
                .isInstanceOfSatisfying(
                        MalformedFormException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasNoCause();
    }

    @Test
    void refusesMoreBytesThanAllowedAndTakesExactlyAsMany() {
        assertThat(codec.decode("a=" + "x".repeat(1022)).value(0)).hasSize(1022);
        assertThatThrownBy(() -> codec.decode("a=" + "x".repeat(1023)))
                .isInstanceOf(MalformedFormException.class)
                .hasMessage("The form is longer than 1024 bytes");
    }

    @Test
    void anErrorRepeatsNothingOfTheInput() {
        assertThatThrownBy(() -> codec.decode("Body=secret&x=%zz")).hasMessageNotContaining("secret");
    }

    @Test
    void aUsedFormForgetsWhatItHeld() {
        Form form = codec.decode("a=1&b=2&c=3");

        codec.decode("b=4".getBytes(UTF_8), form);

        assertThat(parameters(form)).containsExactly(entry("b", "4"));
        assertThat(form.first("a")).isNull();
    }

    @Test
    void aUsedFormServesSmallAfterLarge() {
        FormCodec large = new FormCodec(1 << 20, 5000);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            text.append("name").append(i).append("=value").append(i).append('&');
        }
        Form form = large.decode(text.toString());
        assertThat(form.first("name4999")).isEqualTo("value4999");

        large.decode("a=1".getBytes(UTF_8), form);

        assertThat(parameters(form)).containsExactly(entry("a", "1"));
    }

    @Test
    void writesWhatItReads() {
        long seed = 20260101;
        SplittableRandom random = new SplittableRandom(seed);
        FormCodec wide = new FormCodec(1 << 20, 100);
        for (int round = 0; round < 2_000; round++) {
            List<Map.Entry<String, String>> parameters = new ArrayList<>();
            for (int i = random.nextInt(1, 9); i > 0; i--) {
                parameters.add(entry(text(random), text(random)));
            }

            byte[] encoded = FormCodec.encode(parameters);

            assertThat(parameters(wide.decode(encoded)))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(parameters);
        }
    }

    @Test
    void writesAndReadsAsTheJdkDoes() {
        long seed = 20260102;
        SplittableRandom random = new SplittableRandom(seed);
        FormCodec wide = new FormCodec(1 << 20, 100);
        for (int round = 0; round < 2_000; round++) {
            String text = text(random);
            String theirs = URLEncoder.encode(text, UTF_8);

            assertThat(new String(FormCodec.encode(List.of(entry("a", text))), UTF_8))
                    .as("seed %d round %d", seed, round)
                    .isEqualTo("a=" + theirs);
            assertThat(wide.decode("a=" + theirs).value(0)).isEqualTo(URLDecoder.decode(theirs, UTF_8));
        }
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(0, 12); i > 0; i--) {
            int limit = random.nextBoolean() ? 0x80 : random.nextBoolean() ? 0x800 : 0x110000;
            int codePoint = random.nextInt(limit);
            text.appendCodePoint(codePoint >= 0xD800 && codePoint <= 0xDFFF ? '?' : codePoint);
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<Map.Entry<String, String>> parameters(Form form) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        for (int i = 0; i < form.size(); i++) {
            parameters.add(entry(form.name(i), form.value(i)));
        }
        return parameters;
    }
}
