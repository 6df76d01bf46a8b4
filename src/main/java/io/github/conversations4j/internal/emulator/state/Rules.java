package io.github.conversations4j.internal.emulator.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.conversations4j.internal.wire.Sid;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What single values must look like. Each check gives the value back as it is stored, or throws with Twilio's code and
 * the name of the parameter. Stateless and thread-safe.
 */
final class Rules {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> RESERVED_IDENTITIES = Set.of("system", "private", "unique");
    private static final Duration SHORTEST_INACTIVE = Duration.ofMinutes(1);
    /** No limit is documented; this one keeps dates within four digits of a year. */
    private static final Duration LONGEST_TIMER = Duration.ofDays(36_500);

    private static final Duration SHORTEST_CLOSED = Duration.ofMinutes(10);

    private Rules() {}

    /** Keeps what was there if nothing is given. */
    static String attributes(@Nullable String given, String parameter, int maxBytes, String otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (bytes(given) > maxBytes) {
            throw TwilioFault.invalid(50303, parameter + " must have at most " + maxBytes + " bytes");
        }
        if (!isJson(given)) {
            throw TwilioFault.invalid(50304, parameter + " must be valid JSON");
        }
        return given;
    }

    static boolean isJson(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** An empty text clears; keeps what was there if nothing is given. */
    static @Nullable String text(
            @Nullable String given, String parameter, int code, int max, @Nullable String otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (given.codePointCount(0, given.length()) > max) {
            throw TwilioFault.invalid(code, parameter + " must have at most " + max + " characters");
        }
        return given.isEmpty() ? null : given;
    }

    static @Nullable String sid(
            String prefix, @Nullable String given, String parameter, int code, @Nullable String otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (given.isEmpty()) {
            return null;
        }
        if (!Sid.is(prefix, given)) {
            throw TwilioFault.invalid(code, parameter + " must be a SID that starts with " + prefix);
        }
        return given;
    }

    static @Nullable String body(@Nullable String given, int maxBytes, @Nullable String otherwise) {
        if (given == null) {
            return otherwise;
        }
        if (bytes(given) > maxBytes) {
            throw TwilioFault.invalid(50504, "Body must have at most " + maxBytes + " bytes");
        }
        return given;
    }

    static String identity(@Nullable String given, int max) {
        if (given == null || given.isBlank()) {
            throw TwilioFault.invalid(50204, "Identity must be given");
        }
        if (given.codePointCount(0, given.length()) > max) {
            throw TwilioFault.invalid(50207, "Identity must have at most " + max + " characters");
        }
        if (RESERVED_IDENTITIES.contains(given)) {
            throw TwilioFault.invalid(50203, "Identity must not be the reserved word " + given);
        }
        if (Sid.is("US", given)) {
            throw TwilioFault.invalid(50206, "Identity must not look like the SID of a user");
        }
        return given;
    }

    static @Nullable String uniqueName(@Nullable String given, int max, @Nullable String otherwise) {
        String name = text(given, "UniqueName", 50004, max, otherwise);
        if (name != null && Sid.is("CH", name)) {
            throw TwilioFault.invalid(50390, "UniqueName must not look like the SID of a conversation");
        }
        return name;
    }

    static @Nullable Duration inactiveTimer(@Nullable Duration given, String parameter) {
        return timer(given, parameter, 50375, SHORTEST_INACTIVE);
    }

    static @Nullable Duration closedTimer(@Nullable Duration given, String parameter) {
        return timer(given, parameter, 50376, SHORTEST_CLOSED);
    }

    private static @Nullable Duration timer(@Nullable Duration given, String parameter, int code, Duration shortest) {
        if (given != null && given.compareTo(shortest) < 0) {
            throw TwilioFault.invalid(code, parameter + " must be at least " + shortest);
        }
        if (given != null && given.compareTo(LONGEST_TIMER) > 0) {
            throw TwilioFault.invalid(code, parameter + " must be at most " + LONGEST_TIMER);
        }
        return given;
    }

    /** One of several words, in any case. */
    static String oneOf(List<String> words, @Nullable String given, String parameter, int code, String otherwise) {
        if (given == null || given.isEmpty()) {
            return otherwise;
        }
        for (String word : words) {
            if (word.equalsIgnoreCase(given)) {
                return word;
            }
        }
        throw TwilioFault.invalid(code, parameter + " must be one of " + words);
    }

    /** An absolute address of a web server; an empty text clears. */
    static @Nullable String url(
            @Nullable String given, String parameter, int code, int max, @Nullable String otherwise) {
        String url = text(given, parameter, code, max, otherwise);
        if (given != null && url != null && !isWebAddress(url)) {
            throw TwilioFault.invalid(code, parameter + " must be an absolute http or https URL");
        }
        return url;
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            // Java knows no host with an underscore, as containers have; what is called with takes it.
            return web && uri.getRawAuthority() != null && HttpUrl.parse(url) != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
