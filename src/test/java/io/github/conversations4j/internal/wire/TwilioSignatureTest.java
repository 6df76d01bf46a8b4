package io.github.conversations4j.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.security.RequestValidator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TwilioSignatureTest {
    private static final String URL = "https://chat.example.com/twilio";

    private final FormCodec codec = new FormCodec(1 << 20, 1000);
    private final TwilioSignature signature = new TwilioSignature(List.of("12345"));

    /** The example on Twilio's page about request validation. */
    @Nested
    class PublishedVector {
        private static final String VECTOR_URL = "https://example.com/myapp.php?foo=1&bar=2";
        private static final String EXPECTED = "L/OH5YylLD5NRKLltdqwSvS0BnU=";

        private final Form form = codec.decode("To=%2B18005551212&CallSid=CA1234567890ABCDE&Digits=1234"
                + "&From=%2B14158675310&Caller=%2B14158675310");

        @Test
        void isSigned() {
            assertThat(signature.sign(VECTOR_URL, form)).isEqualTo(EXPECTED);
        }

        @Test
        void isVerified() {
            assertThat(signature.verifies(EXPECTED, List.of(VECTOR_URL), form)).isTrue();
        }

        @Test
        void isRefusedOnceAnythingChanges() {
            assertThat(signature.verifies(EXPECTED, List.of(VECTOR_URL + "&"), form))
                    .isFalse();
            assertThat(signature.verifies(EXPECTED, List.of(VECTOR_URL), codec.decode("To=%2B18005551212")))
                    .isFalse();
            assertThat(signature.verifies(EXPECTED, List.of(VECTOR_URL), null)).isFalse();
            assertThat(new TwilioSignature(List.of("12346")).verifies(EXPECTED, List.of(VECTOR_URL), form))
                    .isFalse();
        }
    }

    /** What the validator of the SDK gets wrong: it rebuilds the URL, and its parameters are a map. */
    @Nested
    class WhereTheSdkFails {
        private final RequestValidator sdk = new RequestValidator("12345");

        @Test
        void aPortThatWasAddedToAnEscapedQuery() {
            String configured = "https://chat.example.com/twilio?to=%2B1415";
            String signed = signature.sign("https://chat.example.com:443/twilio?to=%2B1415", null);

            assertThat(sdk.validate(configured, Map.of(), signed)).isFalse();
            assertThat(signature.verifies(signed, WebhookUrl.signable(configured), null))
                    .isTrue();
        }

        @Test
        void aPortThatWasLeftOutOfAnEscapedQuery() {
            String configured = "https://chat.example.com:8443/twilio?to=%2B1415&x=%7e";
            String signed = signature.sign("https://chat.example.com/twilio?to=%2B1415&x=%7e", null);

            assertThat(sdk.validate(configured, Map.of(), signed)).isFalse();
            assertThat(signature.verifies(signed, WebhookUrl.signable(configured), null))
                    .isTrue();
        }

        @Test
        void userInformation() {
            String configured = "https://user:secret@chat.example.com/twilio";
            String signed = signature.sign(URL, null);

            assertThat(sdk.validate(configured, Map.of(), signed)).isFalse();
            assertThat(signature.verifies(signed, WebhookUrl.signable(configured), null))
                    .isTrue();
        }

        @Test
        void repeatedParameters() {
            Form form = codec.decode("b=2&a=x&b=1&b=2");
            // Name and value without anything between, so one parameter can stand for the sorted values of three.
            String signed = signature.sign(URL, codec.decode("a=xb1b2"));

            assertThat(signature.verifies(signed, List.of(URL), form)).isTrue();
        }
    }

    @Test
    void signsWhatTheSdkAccepts() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        RequestValidator sdk = new RequestValidator("12345");
        for (int round = 0; round < 500; round++) {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int i = random.nextInt(20); i > 0; i--) {
                parameters.put("name" + random.nextInt(1000), "välue 😀 " + random.nextInt());
            }

            String signed = signature.sign(URL, codec.decode(FormCodec.encode(parameters.entrySet())));

            assertThat(sdk.validate(URL, parameters, signed))
                    .as("seed %d round %d", seed, round)
                    .isTrue();
        }
    }

    @Test
    void sortsByByteAndCase() {
        String signed = signature.sign(URL, codec.decode("b=&B=&a=&A=&AA=&%C3%A9="));

        assertThat(signed).isEqualTo(signature.sign(URL + "AAABab\u00e9", null));
    }

    @Test
    void keepsEmptyParameters() {
        assertThat(signature.sign(URL, codec.decode("a=&b=1"))).isEqualTo(signature.sign(URL + "ab1", null));
        assertThat(signature.sign(URL, codec.decode("a=&b=1"))).isNotEqualTo(signature.sign(URL, codec.decode("b=1")));
    }

    @Test
    void acceptsEachTokenOfARotation() {
        TwilioSignature rotating = new TwilioSignature(List.of("new", "old"));
        Form form = codec.decode("a=1");

        assertThat(rotating.sign(URL, form)).isEqualTo(new TwilioSignature(List.of("new")).sign(URL, form));
        for (String token : List.of("new", "old")) {
            String signed = new TwilioSignature(List.of(token)).sign(URL, form);
            assertThat(rotating.verifies(signed, List.of(URL), form)).as(token).isTrue();
        }
        assertThat(rotating.verifies(signature.sign(URL, form), List.of(URL), form))
                .isFalse();
    }

    @Test
    void refusesWhatOnlyLooksLikeASignature() {
        Form form = codec.decode("a=1");
        String signed = signature.sign(URL, form);

        for (String forged : List.of(
                "",
                "=",
                signed + "=",
                signed.substring(0, 27),
                signed.substring(0, 27) + "\u013d", // ends in the low byte of '='
                signed.toLowerCase(),
                "A".repeat(28))) {
            assertThat(signature.verifies(forged, List.of(URL), form))
                    .as(forged)
                    .isFalse();
        }
    }

    @Test
    void needsAToken() {
        assertThatThrownBy(() -> new TwilioSignature(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TwilioSignature(List.of("secret", " ")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(signature.toString()).doesNotContain("12345");
    }

    @Test
    void hashesBodies() {
        assertThat(TwilioSignature.bodySha256("abc".getBytes(UTF_8)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        Form form = codec.decode("b=2&a=1");
        String signed = signature.sign(URL, form);
        Callable<Integer> work = () -> {
            int verified = 0;
            for (int i = 0; i < 2_000; i++) {
                String other = signature.sign(URL + i, codec.decode("i=" + i));
                boolean right = signature.verifies(signed, List.of(URL), form);
                boolean wrong = signature.verifies(other, List.of(URL), form);
                verified += right && !wrong ? 1 : 0;
            }
            return verified;
        };
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(work));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(2_000);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void readsAFormOnlyAsItWasSent() {
        assertThat(FormCodec.encode(List.of(entry("a b", "1+1=2&"))))
                .asString(UTF_8)
                .isEqualTo("a+b=1%2B1%3D2%26");
    }
}
