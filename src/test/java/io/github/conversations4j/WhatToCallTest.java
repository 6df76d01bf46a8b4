package io.github.conversations4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calls that the guide and the README name are there, with so many parameters. */
class WhatToCallTest {
    private static final Map<String, Class<?>> RECEIVERS =
            Map.of("client", ConversationsClient.class, "chat", Conversation.class, "me", Person.class);
    private static final Pattern CALL = Pattern.compile("`(client|chat|me)((?:\\.\\w+\\([\\w, ]*\\))+)`");
    private static final Pattern STEP = Pattern.compile("\\.(\\w+)\\(([\\w, ]*)\\)");

    @ParameterizedTest
    @CsvSource({"docs/what-to-call.md, 40", "README.md, 12"})
    void every_call_is_there(Path file, int atLeast) throws IOException {
        Matcher call = CALL.matcher(Files.readString(file));
        int calls = 0;
        while (call.find()) {
            Class<?> type = RECEIVERS.get(call.group(1));
            Matcher step = STEP.matcher(call.group(2));
            while (step.find()) {
                type = result(call.group(), type, step.group(1), step.group(2));
            }
            calls++;
        }
        assertThat(calls).as("calls in " + file).isGreaterThanOrEqualTo(atLeast);
    }

    private static Class<?> result(String call, Class<?> type, String name, String parameters) {
        int count = parameters.isBlank() ? 0 : parameters.split(",").length;
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name) && method.getParameterCount() == count)
                .findFirst()
                .<Class<?>>map(Method::getReturnType)
                .orElseThrow(() ->
                        new AssertionError(call + ": " + type.getSimpleName() + " has no " + name + " of " + count));
    }
}
