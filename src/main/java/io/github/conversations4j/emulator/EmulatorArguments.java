package io.github.conversations4j.emulator;

import io.github.conversations4j.internal.time.SteppedTime;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link EmulatorMain}, understood. Immutable.
 *
 * @param options how the emulator is to be made
 * @param seed the file it is filled from; null for none
 */
record EmulatorArguments(EmulatorOptions options, @Nullable Path seed) {
    static final int DEFAULT_PORT = 8790;

    static final String USAGE = String.join(
            System.lineSeparator(),
            "A local Twilio Conversations. Options:",
            "  --port N              where it listens; default " + DEFAULT_PORT + ", 0 for any free port",
            "  --address HOST        on which interface; default is this machine only, 0.0.0.0 lets everybody in",
            "  --account-sid AC…     made up if not given, like the four that follow",
            "  --auth-token TEXT     signs webhooks",
            "  --api-key SK…",
            "  --api-secret TEXT     at least 32 characters; signs access tokens",
            "  --service-sid IS…",
            "  --seed FILE           JSON with users, conversations, participants and messages to begin with",
            "  --clock manual        time stands still until POST /emulator/time moves it; default is system",
            "  --link-base URL       what addresses in answers begin with; default https://conversations.twilio.com",
            "  --help");

    private static final Set<String> KNOWN = Set.of(
            "--port",
            "--address",
            "--account-sid",
            "--auth-token",
            "--api-key",
            "--api-secret",
            "--service-sid",
            "--seed",
            "--clock",
            "--link-base");

    /**
     * Understands a command line.
     *
     * @throws IllegalArgumentException if it makes no sense; the message says what, and holds no secret
     */
    static EmulatorArguments parse(String... arguments) {
        Map<String, String> given = read(arguments);
        EmulatorOptions.Builder options = EmulatorOptions.builder().port(port(given.get("--port")));
        String address = given.get("--address");
        if (address != null) {
            options.address(address(address));
        }
        set(given, "--account-sid", options::accountSid);
        set(given, "--auth-token", options::authToken);
        set(given, "--api-key", options::apiKey);
        set(given, "--api-secret", options::apiSecret);
        set(given, "--service-sid", options::serviceSid);
        set(given, "--link-base", options::linkBase);
        set(given, "--clock", value -> clock(options, value));
        String seed = given.get("--seed");
        return new EmulatorArguments(options.build(), seed == null ? null : Path.of(seed));
    }

    private static Map<String, String> read(String... arguments) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int at = 0; at < arguments.length; at += 2) {
            String name = arguments[at];
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("unknown option " + name);
            }
            if (at + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            if (given.put(name, arguments[at + 1]) != null) {
                throw new IllegalArgumentException(name + " is given twice");
            }
        }
        return given;
    }

    private static int port(@Nullable String text) {
        try {
            return text == null ? DEFAULT_PORT : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--port must be a number, was " + text, e);
        }
    }

    /** Starts with what time it is, since the tokens of others are good or expired by that. */
    private static void clock(EmulatorOptions.Builder options, String which) {
        if (which.equals("manual")) {
            SteppedTime time = new SteppedTime(InstantSource.system().instant());
            options.clock(time).scheduler(time);
        } else if (!which.equals("system")) {
            throw new IllegalArgumentException("--clock must be system or manual, was " + which);
        }
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("--address is unknown: " + text, e);
        }
    }

    private static void set(Map<String, String> given, String name, Consumer<String> setter) {
        String value = given.get(name);
        if (value != null) {
            setter.accept(value);
        }
    }
}
